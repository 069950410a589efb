import type { PieceState, TopologyGraph, TopologyNode } from '@slipway/topology';

/** What a piece is doing, for a badge, the table and the filter. */
export interface PieceStatus {
  /** Stands in the address; equal for equal words. */
  key: string;
  words: string;
  tone: 'calm' | 'good' | 'busy' | 'warning' | 'bad';
  /** ARM's reason, where it failed. */
  why?: string;
}

const phases: Readonly<Record<Exclude<PieceState['phase'], 'done'>, PieceStatus>> = {
  planned: { key: 'planned', words: 'Planned', tone: 'calm' },
  working: { key: 'working', words: 'In work', tone: 'busy' },
  failed: { key: 'failed', words: 'Failed', tone: 'bad' },
  deleting: { key: 'deleting', words: 'Being deleted', tone: 'busy' },
  deleted: { key: 'deleted', words: 'Deleted', tone: 'calm' },
};

const ready: PieceStatus = { key: 'ready', words: 'Ready', tone: 'good' };

/**
 * The status of a piece: what is known of this moment, else what ARM says of the resource, else what holds for the
 * resource that it is a part of. Undefined for what has no state at all, such as the internet.
 */
export function statusOf(
  node: TopologyNode,
  states: ReadonlyMap<string, PieceState>,
  byId: ReadonlyMap<string, TopologyNode>,
): PieceStatus | undefined {
  const own = ownStatus(node, states.get(node.id));
  if (own || !node.isPart || node.parent === undefined) return own;
  const whole = byId.get(node.parent);
  return whole && statusOf(whole, states, byId);
}

function ownStatus(node: TopologyNode, state: PieceState | undefined): PieceStatus | undefined {
  if (state && state.phase !== 'done') {
    const status = phases[state.phase];
    return state.why === undefined ? status : { ...status, why: state.why };
  }
  if (state?.power !== undefined) return powerStatus(state.power);
  if (state) return ready;
  if (node.isPlanned) return phases.planned;
  if (node.provisioningState === undefined) return undefined;
  return provisioningStatus(node.provisioningState);
}

function powerStatus(power: string): PieceStatus {
  const words = power.charAt(0).toUpperCase() + power.slice(1);
  const tone = { running: 'good', starting: 'busy', stopping: 'busy', deallocating: 'busy' }[power];
  return {
    key: power.toLowerCase(),
    words,
    tone: tone === 'good' || tone === 'busy' ? tone : 'warning',
  };
}

function provisioningStatus(state: string): PieceStatus {
  switch (state.toLowerCase()) {
    case 'succeeded':
      return ready;
    case 'failed':
      return phases.failed;
    case 'deleting':
      return phases.deleting;
    case 'canceled':
      return { key: 'canceled', words: 'Canceled', tone: 'warning' };
    default:
      return { ...phases.working, words: state === '' ? phases.working.words : state };
  }
}

/** Every piece's status by its id. */
export function statusesOf(
  graph: TopologyGraph,
  states: ReadonlyMap<string, PieceState>,
): ReadonlyMap<string, PieceStatus> {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  return new Map(
    graph.nodes.flatMap((node): [string, PieceStatus][] => {
      const status = statusOf(node, states, byId);
      return status ? [[node.id, status]] : [];
    }),
  );
}
