import type { JSX } from 'react';
import { TopologyDiagram } from '../topology-diagram.tsx';
import { useExplorer } from './explorer-context.ts';

/** The pieces as a drawing. */
export function DiagramView(): JSX.Element {
  const { graph, address, select } = useExplorer();
  return <TopologyDiagram graph={graph} selectedId={address.selectedId} onSelect={select} />;
}
