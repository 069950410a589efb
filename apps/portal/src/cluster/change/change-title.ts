import type { ClusterChange } from '@slipway/contract';

const agents = (count: number): string => `${count} ${count === 1 ? 'agent' : 'agents'}`;

/** What the deployment of a cluster is called while it runs: by what it changes, where that is known. */
export function changeTitle(name: string, change: ClusterChange | undefined): string {
  switch (change?.kind) {
    case 'agents':
      return `${name} is being scaled from ${change.from} to ${agents(change.to)}`;
    case 'ports':
      return `The ports of ${name} are being changed`;
    case 'again':
      return `${name} is being deployed again`;
    case undefined:
      return `${name} is being deployed`;
  }
}
