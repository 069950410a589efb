import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { TopologyNode } from '@slipway/topology';
import type { JSX } from 'react';
import { useCluster } from '../api/cluster.ts';
import { useClusterResources } from '../api/cluster-resources.ts';
import { isRunning } from '../api/clusters.ts';
import { PageLink } from '../components/page-link.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { usePageStyles } from './page-styles.ts';
import { TopologyExplorer } from './topology/explorer.tsx';
import { useClusterPath } from './use-cluster-path.ts';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    flexGrow: 1,
    gap: tokens.spacingVerticalS,
    paddingBlock: `${tokens.spacingVerticalM} ${tokens.spacingVerticalL}`,
    // On a phone the drawing takes the whole width.
    '@media (max-width: 767px)': { paddingInline: 0, paddingBottom: 0 },
  },
});

/** The container service from the outside in: as a diagram, a tree or a table with the same content. */
export function TopologyPage(): JSX.Element {
  const path = useClusterPath();
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const { data: cluster } = useCluster(path);
  const resources = useClusterResources(path, cluster !== undefined && isRunning(cluster));
  const problem = useShownProblem(resources);
  if (resources.isPending && !problem)
    return <SlowWait label="Reading the topology…" onRetry={() => void resources.refetch()} />;
  return (
    <div className={mergeClasses(pageStyles.page, styles.page)}>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={resources.dataUpdatedAt}
          title={resources.data ? 'The topology may be out of date.' : 'The topology could not be read.'}
          onRetry={() => void resources.refetch()}
        />
      )}
      {resources.data && (
        <TopologyExplorer
          serviceName={path.name}
          resources={resources.data}
          cluster={path}
          actionsOf={(node) => <MachineLink node={node} />}
        />
      )}
    </div>
  );
}

function MachineLink({ node }: { node: TopologyNode }): JSX.Element | null {
  const path = useClusterPath();
  if (node.kind !== 'virtualMachine' && node.kind !== 'scaleSetInstance') return null;
  return (
    <span>
      <PageLink
        to="/clusters/$subscriptionId/$resourceGroup/$name/machines/$machine"
        params={{ ...path, machine: node.name }}
      >
        Go to the machine
      </PageLink>
    </span>
  );
}
