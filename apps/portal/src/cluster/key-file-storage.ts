import { readKeyFile } from '@slipway/cluster';
import type { ClusterPath } from '@slipway/contract';

type KeyFileStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** ARM's names compare without regard to case. */
const storageKey = ({ subscriptionId, resourceGroup, name }: ClusterPath): string =>
  `slipway.key-file.${subscriptionId}/${resourceGroup}/${name}`.toLowerCase();

/** The path of the private key of a cluster, as it was kept in this browser; empty when none is. */
export function keptKeyFile(storage: KeyFileStorage, cluster: ClusterPath): string {
  try {
    const reading = readKeyFile(storage.getItem(storageKey(cluster)) ?? '');
    return reading.accepted ? reading.path : '';
  } catch {
    // Storage forbidden: as good as none kept.
    return '';
  }
}

/** Keeps the path of a private key; what is no such path, above all a key, is not kept but removes what was. */
export function keepKeyFile(storage: KeyFileStorage, cluster: ClusterPath, text: string): void {
  const reading = readKeyFile(text);
  try {
    if (reading.accepted) storage.setItem(storageKey(cluster), reading.path);
    else storage.removeItem(storageKey(cluster));
  } catch {
    // Storage full or forbidden: the path then lives as long as the page.
  }
}
