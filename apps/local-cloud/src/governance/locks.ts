import { ArmError } from '../arm-error.ts';
import type { Lock } from '../store/documents.ts';
import type { Store } from '../store/store.ts';

/** Which locks a list shows: those that hold at a scope, or also those on what lies under it. */
export type LockReach = 'atOrAbove' | 'all';

/**
 * The locks of all scopes, and what they forbid. A lock holds for everything under its scope. `ReadOnly` forbids writes and
 * actions, and both levels forbid deletes, also of what has something locked under it: nothing is ever deleted in part.
 * Source: Microsoft's "Lock your resources to protect your infrastructure".
 */
export class Locks {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  get(id: string): Lock | undefined {
    return this.#store.locks.get(id.toLowerCase());
  }

  /** Makes the lock or replaces it. */
  put(lock: Lock): void {
    this.#store.transaction(() => this.#store.locks.put(lock));
  }

  remove(lock: Lock): void {
    this.#store.transaction(() => this.#store.locks.remove(lock.id.toLowerCase()));
  }

  /** The locks that hold at a scope, inherited ones too, and with `all` those under it. */
  list(scopeId: string, reach: LockReach): Lock[] {
    return this.#store.locks
      .inState('CanNotDelete', 'ReadOnly')
      .filter((lock) => covers(lock.scopeId, scopeId) || (reach === 'all' && covers(scopeId, lock.scopeId)));
  }

  /** Throws ScopeLocked when what has this id must not be written or acted upon. */
  refuseWrite(id: string): void {
    const holding = this.#store.locks.inState('ReadOnly').filter(({ scopeId }) => covers(scopeId, id));
    if (holding.length > 0) throw scopeLocked(id, 'write', holding);
  }

  /** Whether a lock keeps what has this id, or something under it, from being deleted. */
  isDeleteRefused(id: string): boolean {
    return this.list(id, 'all').length > 0;
  }

  /** Throws ScopeLocked when what has this id must not be deleted. The locks whose ids are in `going` go with it. */
  refuseDelete(id: string, going: readonly string[] = []): void {
    const known = new Set(going.map((each) => each.toLowerCase()));
    const holding = this.list(id, 'all').filter((lock) => !known.has(lock.id.toLowerCase()));
    if (holding.length > 0) throw scopeLocked(id, 'delete', holding);
  }
}

function covers(scopeId: string, id: string): boolean {
  const scope = scopeId.toLowerCase();
  const text = id.toLowerCase();
  return text === scope || text.startsWith(`${scope}/`);
}

function scopeLocked(id: string, verb: 'write' | 'delete', locks: readonly Lock[]): ArmError {
  const scopes = [...new Set(locks.map(({ scopeId }) => scopeId))].toSorted();
  return new ArmError(
    409,
    'ScopeLocked',
    `The scope '${id}' cannot perform ${verb} operation because following scope(s) are locked: '${scopes.join(',')}'. Please remove the lock and try again.`,
  );
}
