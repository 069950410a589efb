import type { ClusterPath } from '@slipway/contract';
import { z } from 'zod';

type StepStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** ARM's names compare without regard to case. */
const storageKey = ({ subscriptionId, resourceGroup, name }: ClusterPath): string =>
  `slipway.connect-done.${subscriptionId}/${resourceGroup}/${name}`.toLowerCase();

const keptSchema = z.array(z.string());

/** The steps that were ticked off for a cluster in this browser. */
export function keptDoneSteps(storage: StepStorage, cluster: ClusterPath): ReadonlySet<string> {
  try {
    return new Set(keptSchema.parse(JSON.parse(storage.getItem(storageKey(cluster)) ?? '[]')));
  } catch {
    // Storage forbidden, or something else in it: as good as none.
    return new Set();
  }
}

/** Keeps which steps are ticked off. */
export function keepDoneSteps(storage: StepStorage, cluster: ClusterPath, done: ReadonlySet<string>): void {
  try {
    if (done.size === 0) storage.removeItem(storageKey(cluster));
    else storage.setItem(storageKey(cluster), JSON.stringify([...done]));
  } catch {
    // Storage full or forbidden: the ticks then live as long as the page.
  }
}
