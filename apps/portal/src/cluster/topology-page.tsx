import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { TopologyNode } from '@slipway/topology';
import type { JSX } from 'react';
import { PageLink } from '../components/page-link.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SlowWait } from '../components/slow-wait.tsx';
import { usePageStyles } from './page-styles.ts';
import { TopologyExplorer } from './topology/explorer.tsx';
import { useTopologyData } from './topology/topology-data.ts';
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
  gap: { '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL } },
});

/** The container service from the outside in: as a diagram, a tree or a table with the same content. */
export function TopologyPage(): JSX.Element {
  const path = useClusterPath();
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const topology = useTopologyData(path);
  const { resources, problem, readAt, refetch, planGap } = topology;
  if (!resources && !problem) return <SlowWait label="Reading the topology…" onRetry={refetch} />;
  return (
    <div className={mergeClasses(pageStyles.page, styles.page)}>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={readAt}
          title={resources ? 'The topology may be out of date.' : 'The topology could not be read.'}
          onRetry={refetch}
        />
      )}
      {planGap && <p className={mergeClasses(pageStyles.text, styles.gap)}>{planGap}</p>}
      {resources && (
        <TopologyExplorer
          place={{ kind: 'cluster', path }}
          resources={resources}
          planned={topology.planned}
          states={topology.states}
          actionsOf={machineLink}
        />
      )}
    </div>
  );
}

const machineLink = (node: TopologyNode): JSX.Element => <MachineLink node={node} />;

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
