import type { ClusterChange, ClusterChangesRequest } from '@slipway/contract';

/** What a submission changes, as it stands in a tag of its stack: `agents 2 4`, `ports` or `again`. */
export function changeTagOf({ agentCount, agentPorts }: ClusterChangesRequest, agentsNow: number): string {
  if (agentCount !== undefined) return `agents ${agentsNow} ${agentCount}`;
  return agentPorts === undefined ? 'again' : 'ports';
}

/** Reads what `changeTagOf` has written; `undefined` for anything else, for everybody can write tags. */
export function readChangeTag(text: string | undefined): ClusterChange | undefined {
  if (text === 'ports' || text === 'again') return { kind: text };
  const [, from, to] = /^agents (\d{1,4}) (\d{1,4})$/.exec(text ?? '') ?? [];
  return from === undefined || to === undefined
    ? undefined
    : { kind: 'agents', from: Number(from), to: Number(to) };
}
