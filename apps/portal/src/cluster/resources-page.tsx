import { Skeleton, SkeletonItem, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ArmResource } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import { type JSX, useRef, useState } from 'react';
import { isRunning } from '../api/clusters.ts';
import { useCluster } from '../api/cluster.ts';
import { useClusterResources } from '../api/cluster-resources.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { LongWait } from '../components/slow-wait.tsx';
import { RegionName } from '../components/region-name.tsx';
import { usePageStyles } from './page-styles.ts';
import { fullResourceName } from './resource-name.ts';
import { ResourceDetails } from './resource-details.tsx';
import { useTableStyles } from './table-styles.ts';
import { useClusterPath } from './use-cluster-path.ts';

const useStyles = makeStyles({
  // As high as a finger needs it.
  link: {
    padding: `${tokens.spacingVerticalXXS} 0`,
    border: 'none',
    backgroundColor: 'transparent',
    color: tokens.colorBrandForegroundLink,
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    ':hover': { textDecorationLine: 'underline', color: tokens.colorBrandForegroundLinkHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
});

/** Everything the container service is made of, each with its properties. */
export function ResourcesPage(): JSX.Element {
  const path = useClusterPath();
  const styles = usePageStyles();
  const { data: cluster } = useCluster(path);
  const resources = useClusterResources(path, cluster !== undefined && isRunning(cluster));
  const problem = useShownProblem(resources);
  if (resources.isPending && !problem) return <LoadingRows />;
  return (
    <div className={styles.page}>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={resources.dataUpdatedAt}
          title={resources.data ? 'The list may be out of date.' : 'The resources could not be read.'}
          onRetry={() => void resources.refetch()}
        />
      )}
      {resources.data && <ResourceTable resources={resources.data} subscriptionId={path.subscriptionId} />}
    </div>
  );
}

function ResourceTable({
  resources,
  subscriptionId,
}: {
  resources: readonly ArmResource[];
  subscriptionId: string;
}): JSX.Element {
  const pageStyles = usePageStyles();
  const table = useTableStyles();
  const styles = useStyles();
  const [chosenId, setChosenId] = useState<string>();
  const opener = useRef<HTMLButtonElement>(null);
  const chosen = resources.find(({ id }) => id === chosenId);
  const close = (): void => {
    setChosenId(undefined);
    opener.current?.focus();
  };
  if (resources.length === 0) return <p className={pageStyles.text}>There are no resources yet.</p>;
  const sorted = resources.toSorted(
    (a, b) =>
      displayNameOfType(a.type).localeCompare(displayNameOfType(b.type)) ||
      fullResourceName(a).localeCompare(fullResourceName(b)),
  );
  return (
    <section className={pageStyles.section} aria-label="Resources">
      <span className={pageStyles.quiet}>
        {resources.length} {resources.length === 1 ? 'resource' : 'resources'}
      </span>
      <table className={table.table}>
        <thead className={table.head}>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col">Type</th>
            <th scope="col">Location</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((resource) => (
            <tr key={resource.id} className={table.row}>
              <td data-label="Name">
                <button
                  type="button"
                  className={mergeClasses(styles.link, table.name)}
                  onClick={(event) => {
                    opener.current = event.currentTarget;
                    setChosenId(resource.id);
                  }}
                >
                  {fullResourceName(resource)}
                </button>
              </td>
              <td data-label="Kind">{displayNameOfType(resource.type)}</td>
              <td data-label="Type" className={pageStyles.quiet}>
                {resource.type}
              </td>
              <td data-label="Location">
                {resource.location ? (
                  <RegionName subscriptionId={subscriptionId} name={resource.location} />
                ) : (
                  '—'
                )}
              </td>
              <td data-label="State">{provisioningState(resource)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ResourceDetails resource={chosen} onClose={close} />
    </section>
  );
}

function provisioningState({ properties }: ArmResource): string {
  const state = properties?.['provisioningState'];
  return typeof state === 'string' ? state : '—';
}

function LoadingRows(): JSX.Element {
  const styles = usePageStyles();
  return (
    <div className={styles.page}>
      <LongWait />
      <Skeleton aria-label="Reading the resources" className={styles.section}>
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <SkeletonItem key={key} size={24} />
        ))}
      </Skeleton>
    </div>
  );
}
