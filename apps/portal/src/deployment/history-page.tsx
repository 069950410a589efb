import { Button } from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons';
import { longestHistory } from '@slipway/contract';
import { useParams } from '@tanstack/react-router';
import { type JSX, useMemo, useState } from 'react';
import { useDeploymentHistory } from '../api/group-deployments.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { useNow } from '../cluster/use-now.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { ResourceList } from '../components/resource-list/resource-list.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { CreateInGroup } from '../groups/create-in-group.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { type HistoryRow, historyColumns } from './history-columns.tsx';

/** So many are read at first; a history is mostly looked at for its newest. */
const firstLimit = 100;
const noun = { one: 'deployment', many: 'deployments' };
const keyOf = ({ entry }: HistoryRow): string => entry.id.toLowerCase();

/** The deployments of a resource group, whoever made them, the newest first. */
export function HistoryPage(): JSX.Element {
  const { subscriptionId, resourceGroup } = useParams({
    from: '/resource-groups/$subscriptionId/$resourceGroup',
  });
  const pageStyles = usePageStyles();
  const [limit, setLimit] = useState(firstLimit);
  const history = useDeploymentHistory({ subscriptionId, resourceGroup }, limit);
  const problem = useShownProblem(history);
  const runs = history.data?.deployments.some(({ state }) => state === 'Accepted' || state === 'Running');
  const now = useNow(runs === true);
  // At rest the rows stay the same ones.
  const nowMs = runs ? now : 0;
  const rows = useMemo(
    () => history.data?.deployments.map((entry) => ({ entry, nowMs })),
    [history.data, nowMs],
  );
  usePageTitle('Deployments', resourceGroup);
  const refetch = (): void => void history.refetch();
  return (
    <div className={pageStyles.page}>
      <section className={pageStyles.section} aria-label="Deployments">
        <p className={pageStyles.text}>
          A resource group remembers {longestHistory} deployments at most; Azure Resource Manager begins to
          delete the oldest from the history a little earlier. What they deployed stays.
        </p>
        {problem && (
          <ProblemBar
            problem={problem}
            readAt={history.dataUpdatedAt}
            title={rows ? 'This list may be out of date.' : 'The deployments could not be read.'}
            onRetry={refetch}
          />
        )}
        {(rows !== undefined || problem === null) && (
          <ResourceList
            noun={noun}
            rows={rows}
            columns={historyColumns}
            keyOf={keyOf}
            placeholder="Name, state or error"
            fileName={`${resourceGroup}-deployments`}
            empty={{
              icon: <HistoryRegular />,
              title: 'No deployments',
              text: 'Nothing was deployed to this resource group by a template yet, or its history was deleted.',
              action: <CreateInGroup path={{ subscriptionId, resourceGroup }} />,
            }}
            note={
              history.data?.more === true && (
                <Button size="small" onClick={() => setLimit(longestHistory)}>
                  Show older ones, too
                </Button>
              )
            }
          />
        )}
      </section>
    </div>
  );
}
