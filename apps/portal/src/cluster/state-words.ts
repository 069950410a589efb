import type { Cluster } from '@slipway/contract';

/** A cluster's state for its page: the word people know, and ARM's own where it says more. */
export function stateSentence(cluster: Cluster): string {
  const words = {
    deploying: 'Deploying',
    succeeded: 'Succeeded',
    failed: 'Failed',
    canceled: 'Canceled',
    deleting: 'Deleting',
  }[cluster.state];
  return words.toLowerCase() === cluster.stackState.toLowerCase()
    ? words
    : `${words} (${cluster.stackState})`;
}
