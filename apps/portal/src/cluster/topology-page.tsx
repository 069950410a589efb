import {
  Toolbar,
  ToolbarRadioButton,
  ToolbarRadioGroup,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { FlowRegular, TextBulletListTreeRegular } from '@fluentui/react-icons';
import type { TopologyGraph } from '@slipway/topology';
import { type JSX, type KeyboardEvent, useRef, useState } from 'react';
import { useCluster } from '../api/cluster.ts';
import { useClusterTopology } from '../api/cluster-topology.ts';
import { isRunning } from '../api/clusters.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { usePageStyles } from './page-styles.ts';
import { TopologyDiagram } from './topology/topology-diagram.tsx';
import { TopologyLegend } from './topology/topology-legend.tsx';
import { TopologyList } from './topology/topology-list.tsx';
import { PiecePanel } from './topology/piece-panel.tsx';
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
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  toolbar: { padding: 0 },
  stage: {
    position: 'relative',
    display: 'flex',
    flexGrow: 1,
    minHeight: '440px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    overflow: 'hidden',
    '@media (max-width: 767px)': { minHeight: '70dvh', borderInlineWidth: 0, borderRadius: 0 },
  },
  content: { flexGrow: 1, minWidth: 0, display: 'flex' },
  list: { overflow: 'auto', padding: tokens.spacingHorizontalL, maxHeight: '100%' },
});

/** The container service from the outside in: as a diagram, or as a list with the same content. */
export function TopologyPage(): JSX.Element {
  const path = useClusterPath();
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const { data: cluster } = useCluster(path);
  const topology = useClusterTopology(path, cluster !== undefined && isRunning(cluster));
  const problem = useShownProblem(topology);
  if (topology.isPending && !problem)
    return <SlowWait label="Reading the topology…" onRetry={() => void topology.refetch()} />;
  return (
    <div className={mergeClasses(pageStyles.page, styles.page)}>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={topology.dataUpdatedAt}
          title={topology.data ? 'The topology may be out of date.' : 'The topology could not be read.'}
          onRetry={() => void topology.refetch()}
        />
      )}
      {topology.data && <Explorer graph={topology.data} />}
    </div>
  );
}

function Explorer({ graph }: { graph: TopologyGraph }): JSX.Element {
  const styles = useStyles();
  const [view, setView] = useState<'diagram' | 'list'>('diagram');
  const [selectedId, setSelectedId] = useState<string>();
  const opener = useRef<HTMLElement>(null);
  const selected = graph.nodes.find(({ id }) => id === selectedId);
  const select = (id: string, from: HTMLElement): void => {
    opener.current = from;
    setSelectedId(id);
  };
  const close = (): void => {
    setSelectedId(undefined);
    opener.current?.focus();
  };
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && selectedId !== undefined) close();
  };
  return (
    <>
      <div className={styles.bar}>
        <Toolbar
          aria-label="View"
          className={styles.toolbar}
          checkedValues={{ view: [view] }}
          onCheckedValueChange={(_, { checkedItems }) =>
            setView(checkedItems.includes('list') ? 'list' : 'diagram')
          }
        >
          <ToolbarRadioGroup>
            <ToolbarRadioButton name="view" value="diagram" icon={<FlowRegular />} appearance="subtle">
              Diagram
            </ToolbarRadioButton>
            <ToolbarRadioButton
              name="view"
              value="list"
              icon={<TextBulletListTreeRegular />}
              appearance="subtle"
            >
              List
            </ToolbarRadioButton>
          </ToolbarRadioGroup>
        </Toolbar>
        {view === 'diagram' && <TopologyLegend graph={graph} />}
      </div>
      {/* Escape closes the panel wherever the focus is; everything else here is operated by buttons. */}
      <div className={styles.stage} onKeyDown={closeOnEscape} role="presentation">
        <div className={mergeClasses(styles.content, view === 'list' && styles.list)}>
          {view === 'diagram' ? (
            <TopologyDiagram graph={graph} selectedId={selectedId} onSelect={select} />
          ) : (
            <TopologyList graph={graph} selectedId={selectedId} onSelect={select} />
          )}
        </div>
        {selected && (
          <PiecePanel
            key={selected.id}
            node={selected}
            graph={graph}
            onSelect={setSelectedId}
            onClose={close}
          />
        )}
      </div>
    </>
  );
}
