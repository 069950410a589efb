import { listTest } from '../../providers/compute/planned-view.ts';
import type { CloudView, RecordChanges, ResourceRecord } from '../../providers/provider.ts';

/**
 * The resources as they will be: those that are there, with what is foreseen of a deployment laid over them. Nothing of it
 * reaches the store.
 */
export class PredictedState {
  readonly #now: CloudView;
  readonly #written = new Map<string, ResourceRecord>();
  readonly #removed = new Set<string>();
  /** What the providers' handlers look at. */
  readonly view: CloudView;

  constructor(now: CloudView) {
    this.#now = now;
    this.view = {
      dnsSuffix: now.dnsSuffix,
      armEndpoint: now.armEndpoint,
      machines: now.machines,
      get: (id) => this.#get(id),
      list: (filter) => this.#list(filter),
    };
  }

  /** Lays changes over what is there. */
  apply({ upsert, remove }: RecordChanges): void {
    for (const record of upsert) {
      const key = record.id.toLowerCase();
      this.#removed.delete(key);
      this.#written.set(key, record);
    }
    for (const id of remove) {
      for (const record of [{ id }, ...this.#list({ under: id })]) {
        const key = record.id.toLowerCase();
        this.#written.delete(key);
        this.#removed.add(key);
      }
    }
  }

  #get(id: string): ResourceRecord | undefined {
    const key = id.toLowerCase();
    if (this.#removed.has(key)) return undefined;
    return this.#written.get(key) ?? this.#now.get(id);
  }

  #list(filter: Parameters<CloudView['list']>[0]): ResourceRecord[] {
    const isListed = listTest(filter);
    const listed = this.#now.list(filter).filter(({ id }) => {
      const key = id.toLowerCase();
      return !this.#removed.has(key) && !this.#written.has(key);
    });
    for (const [key, record] of this.#written) if (isListed(key, record)) listed.push(record);
    return listed;
  }
}
