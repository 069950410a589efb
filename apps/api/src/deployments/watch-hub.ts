import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClusterPath } from '@slipway/contract';
import { clusterKey } from '../clusters/cluster-of-stack.ts';
import { DeploymentWatch, type WatchOptions, type Watcher, type Watching } from './deployment-watch.ts';

/**
 * Watches deployments for any number of readers: each deployment is read from ARM by one loop, which begins with the
 * first watcher and stops with the last.
 */
export class WatchHub {
  readonly #options: WatchOptions;
  readonly #watches = new Map<string, DeploymentWatch>();

  constructor(options: WatchOptions) {
    // A loop belongs to no single request, whichever began it: neither its correlation id nor its limits apply.
    const outside = AsyncLocalStorage.snapshot();
    this.#options = { ...options, read: (path, before) => outside(options.read, path, before) };
  }

  /** Begins to watch; see `DeploymentWatch.join`. */
  async watch(path: ClusterPath, cursor: string | undefined, watcher: Watcher): Promise<Watching> {
    const key = clusterKey(path);
    const known = this.#watches.get(key);
    if (known) return known.join(cursor, watcher);
    const begun: DeploymentWatch = new DeploymentWatch(path, this.#options, () => {
      if (this.#watches.get(key) === begun) this.#watches.delete(key);
    });
    this.#watches.set(key, begun);
    return begun.join(cursor, watcher);
  }

  /** Ends all watching. */
  close(): void {
    for (const watch of this.#watches.values()) watch.close();
  }
}
