import { makeStyles, tokens } from '@fluentui/react-components';
import type { ArmResource } from '@slipway/contract';
import { buildTopology } from '@slipway/topology';
import { type JSX, useMemo, useRef, useState } from 'react';
import { PiecePanel } from '../cluster/topology/piece-panel.tsx';
import { TopologyDiagram } from '../cluster/topology/topology-diagram.tsx';

const useStyles = makeStyles({
  stage: {
    position: 'relative',
    display: 'flex',
    flexGrow: 1,
    minHeight: '440px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    overflow: 'hidden',
  },
  content: { flexGrow: 1, minWidth: 0, display: 'flex' },
});

/** A resource group from the outside in. */
export function GroupTopology({
  resourceGroup,
  resources,
}: {
  resourceGroup: string;
  resources: readonly ArmResource[];
}): JSX.Element {
  const styles = useStyles();
  const graph = useMemo(
    () => buildTopology({ serviceName: resourceGroup, resources }),
    [resourceGroup, resources],
  );
  const [selectedId, setSelectedId] = useState<string>();
  const opener = useRef<HTMLElement>(null);
  const selected = graph.nodes.find(({ id }) => id === selectedId);
  return (
    <div className={styles.stage}>
      <div className={styles.content}>
        <TopologyDiagram
          graph={graph}
          selectedId={selectedId}
          onSelect={(id, from) => {
            opener.current = from;
            setSelectedId(id);
          }}
        />
      </div>
      {selected && (
        <PiecePanel
          key={selected.id}
          node={selected}
          graph={graph}
          onSelect={setSelectedId}
          onClose={() => {
            setSelectedId(undefined);
            opener.current?.focus();
          }}
        />
      )}
    </div>
  );
}
