import { Subtitle2, makeStyles, tokens } from '@fluentui/react-components';
import type { RecentDeployment, RecentDeployments as Recent } from '@slipway/contract';
import type { JSX } from 'react';
import { useRecentDeployments } from '../api/recent-deployments.ts';
import { durationText } from '../cluster/durations.ts';
import { useTableStyles } from '../cluster/table-styles.ts';
import { Age } from '../components/age.tsx';
import { DeploymentStateMark, isDeploymentAtWork } from '../components/deployment-state.tsx';
import { PageLink } from '../components/page-link.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SkeletonBar } from '../components/skeleton-bar.tsx';

const useStyles = makeStyles({
  section: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    marginTop: tokens.spacingVerticalL,
  },
  quiet: {
    margin: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
  nowrap: { whiteSpace: 'nowrap' },
  skeleton: { display: 'grid', gap: tokens.spacingVerticalM },
});

/** What was deployed last in the groups of all clusters. */
export function RecentDeployments({ isWorking }: { isWorking: boolean }): JSX.Element | null {
  const styles = useStyles();
  const recent = useRecentDeployments({ isWorking });
  const problem = useShownProblem(recent);
  const notes = recent.data ? notesOf(recent.data) : [];
  return (
    <section className={styles.section} aria-labelledby="recent-deployments">
      <Subtitle2 as="h2" id="recent-deployments">
        Recent deployments
      </Subtitle2>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={recent.dataUpdatedAt}
          title={
            recent.data ? 'The deployments may be out of date.' : 'The recent deployments could not be read.'
          }
          onRetry={() => void recent.refetch()}
        />
      )}
      {recent.isPending && !problem && (
        <div className={styles.skeleton} aria-busy>
          <SkeletonBar />
          <SkeletonBar />
        </div>
      )}
      {recent.data?.deployments.length === 0 && (
        <p className={styles.quiet}>Azure Resource Manager keeps no deployments of these resource groups.</p>
      )}
      {recent.data && recent.data.deployments.length > 0 && (
        <DeploymentTable deployments={recent.data.deployments} />
      )}
      {notes.map((note) => (
        <p key={note} className={styles.quiet}>
          {note}
        </p>
      ))}
    </section>
  );
}

function DeploymentTable({ deployments }: { deployments: readonly RecentDeployment[] }): JSX.Element {
  const styles = useStyles();
  const table = useTableStyles();
  return (
    <table className={table.table} aria-labelledby="recent-deployments">
      <thead className={table.head}>
        <tr>
          <th scope="col">Deployment</th>
          <th scope="col">State</th>
          <th scope="col">Resource group</th>
          <th scope="col" className={styles.nowrap}>
            Last change
          </th>
          <th scope="col" className={styles.nowrap}>
            Duration
          </th>
        </tr>
      </thead>
      <tbody>
        {deployments.map((deployment) => {
          const { id, name, state, error, subscriptionId, resourceGroup, changedAt, durationMs } = deployment;
          return (
            <tr key={id} className={table.row}>
              <td data-label="Deployment">
                <PageLink
                  to="/resource-groups/$subscriptionId/$resourceGroup/deployments/$deployment"
                  params={{ subscriptionId, resourceGroup, deployment: name }}
                >
                  {name}
                </PageLink>
              </td>
              <td data-label="State">
                <div className={styles.nowrap}>
                  <DeploymentStateMark state={state} />
                  {error && <div className={styles.quiet}>{error.code}</div>}
                </div>
              </td>
              <td data-label="Group">
                <PageLink
                  to="/resource-groups/$subscriptionId/$resourceGroup"
                  params={{ subscriptionId, resourceGroup }}
                >
                  {resourceGroup}
                </PageLink>
              </td>
              <td data-label="Changed" className={styles.nowrap}>
                <Age at={changedAt} />
              </td>
              <td data-label="Duration" className={styles.nowrap}>
                {durationMs === undefined || isDeploymentAtWork(state) ? '—' : durationText(durationMs)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What the table does not have, so that nobody takes it for the whole. */
function notesOf({ groups: { searched, all }, unread }: Recent): string[] {
  return [
    ...(searched < all ? [`Deployments of ${searched} of ${all} resource groups are shown.`] : []),
    ...unread.map(
      ({ resourceGroup, message }) =>
        `The deployments of ${resourceGroup ?? 'a subscription'} could not be read: ${message}`,
    ),
  ];
}
