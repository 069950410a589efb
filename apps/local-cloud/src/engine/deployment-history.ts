import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import type { Locks } from '../governance/locks.ts';
import type { Deployment } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import { isActive } from './accepted-deployment.ts';
import { scopeOfPlace, type DeploymentPlace } from './deployment-place.ts';

/** A scope keeps no more deployments than this. */
const most = 800;
/** With more than this the oldest are deleted, until so many are left. */
const deletesAbove = 700;
const leaves = 600;

type Scope = Omit<DeploymentPlace, 'name'>;

/**
 * How many deployments a scope keeps. Before the limit is reached the oldest are deleted by themselves, a moment after a
 * deployment was accepted or validated; a lock keeps them, and at the limit nothing more is accepted. What runs is never
 * deleted. Source: Microsoft's "Automatic deletions from deployment history".
 */
export class DeploymentHistory {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #locks: Locks;
  /** Scopes that are looked at in a moment. */
  readonly #due = new Set<string>();

  constructor(parts: { store: Store; clock: Clock; locks: Locks }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#locks = parts.locks;
  }

  /** Throws DeploymentQuotaExceeded where one more would be too many; deleting the oldest begins all the same. */
  refuseWhereFull(place: DeploymentPlace): void {
    const count = this.#count(place);
    if (count < most) return;
    this.shortenSoon(place);
    throw new ArmError(
      409,
      'DeploymentQuotaExceeded',
      `Creating the deployment '${place.name}' would exceed the quota of '${most}'. The current deployment count is '${count}'. Please delete some deployments before creating a new one, or see https://aka.ms/800LimitFix for information on managing deployment limits.`,
    );
  }

  /** Deletes the oldest in a moment, where there are too many. */
  shortenSoon(scope: Scope): void {
    const key = this.#key(scope);
    if (this.#due.has(key)) return;
    this.#due.add(key);
    this.#clock.schedule(0, () => {
      this.#due.delete(key);
      this.#shorten(scope);
    });
  }

  #shorten(scope: Scope): void {
    if (this.#count(scope) <= deletesAbove) return;
    this.#store.transaction(() => {
      const all = this.#store.deployments.inScope(this.#key(scope)).toSorted(newestFirst);
      const endedOnes = all
        .slice(leaves)
        .filter((deployment) => !isActive(deployment) && !this.#isPartOfActive(deployment));
      for (const { id } of endedOnes) if (!this.#locks.isDeleteRefused(id)) this.#store.removeDeployment(id);
    });
  }

  /** What is nested in a deployment that runs still tells it how far it is. */
  #isPartOfActive({ parentId }: Deployment): boolean {
    const parent = parentId === undefined ? undefined : this.#store.deployments.get(parentId.toLowerCase());
    return parent !== undefined && (isActive(parent) || this.#isPartOfActive(parent));
  }

  #key(scope: Scope): string {
    return scopeOfPlace(scope).toLowerCase();
  }

  #count(scope: Scope): number {
    return this.#store.deployments.countInScope(this.#key(scope));
  }
}

/** The order of a history: by when they were accepted, which does not change while somebody turns its pages. */
export function newestFirst(one: Deployment, other: Deployment): number {
  const [oneKey, otherKey] = [historyKey(one), historyKey(other)];
  return oneKey < otherKey ? -1 : oneKey > otherKey ? 1 : 0;
}

/** A text that sorts as `newestFirst` does. */
export function historyKey({ acceptedAt, startedAt, name }: Deployment): string {
  const untilEnd = latestMs - Date.parse(acceptedAt ?? startedAt);
  return `${String(untilEnd).padStart(String(latestMs).length, '0')} ${name.toLowerCase()}`;
}

/** The last moment that a date can be. */
const latestMs = 8_640_000_000_000_000;
