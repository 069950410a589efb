import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ActivityTable } from './activity-table.ts';
import { DocumentTable } from './document-table.ts';
import type {
  Deletion,
  DenyAssignment,
  Deployment,
  DeploymentOperation,
  Lock,
  ResourceGroup,
  Stack,
  Subscription,
  Work,
} from './documents.ts';
import { migrate } from './migrations.ts';
import { ResourceTable } from './resource-table.ts';
import { SecretBox } from './secret-box.ts';

const key = (id: string): string => id.toLowerCase();

/** The id of a subscription or group, lower case: the scope under which what is in it is listed. */
export function scopeKey(subscriptionId: string, resourceGroup: string | undefined): string {
  const group = resourceGroup === undefined ? '' : `/resourcegroups/${resourceGroup}`;
  return key(`/subscriptions/${subscriptionId}${group}`);
}

/** The id of what a deployment or a stack is in, lower case. */
const scopeOf = (id: string): string => key(id).slice(0, key(id).lastIndexOf('/providers/'));

/** The key under which an operation of a deployment is kept. */
export const operationKey = ({
  deploymentId,
  operationId,
}: Pick<DeploymentOperation, 'deploymentId' | 'operationId'>): string =>
  `${key(deploymentId)}#${operationId}`;

/** Everything that the control plane knows, in one SQLite file. */
export class Store {
  readonly #database: DatabaseSync;
  readonly #afterCommit: (() => void)[] = [];
  #depth = 0;
  readonly resources: ResourceTable;
  readonly subscriptions: DocumentTable<Subscription>;
  readonly locks: DocumentTable<Lock>;
  readonly groups: DocumentTable<ResourceGroup>;
  readonly works: DocumentTable<Work>;
  readonly deployments: DocumentTable<Deployment>;
  readonly operations: DocumentTable<DeploymentOperation>;
  readonly stacks: DocumentTable<Stack>;
  readonly deletions: DocumentTable<Deletion>;
  readonly denyAssignments: DocumentTable<DenyAssignment>;
  readonly activity: ActivityTable;

  /** Opens the file, or makes it; throws while another process has it. `encryptionKey` has 32 bytes. */
  constructor(file: string, encryptionKey: Buffer, now: Date) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = openAlone(file);
    migrate(database, now);
    const box = new SecretBox(encryptionKey);
    this.#database = database;
    this.resources = new ResourceTable(database, box);
    this.activity = new ActivityTable(database);
    this.subscriptions = new DocumentTable(
      database,
      'subscriptions',
      { key: (subscription) => key(subscription.subscriptionId), scope: () => '', state: () => '' },
      box,
    );
    this.locks = new DocumentTable(
      database,
      'locks',
      { key: (lock) => key(lock.id), scope: (lock) => key(lock.scopeId), state: (lock) => lock.level },
      box,
    );
    this.groups = new DocumentTable(
      database,
      'resource_groups',
      {
        key: (group) => key(group.id),
        scope: (group) => scopeKey(group.subscriptionId, undefined),
        state: (group) => group.provisioningState,
      },
      box,
    );
    this.works = new DocumentTable(
      database,
      'works',
      { key: (work) => work.id, scope: (work) => key(work.resourceId), state: (work) => work.state },
      box,
    );
    this.deployments = new DocumentTable(
      database,
      'deployments',
      {
        key: (deployment) => key(deployment.id),
        scope: (deployment) => scopeOf(deployment.id),
        state: (deployment) => deployment.state,
      },
      box,
    );
    this.operations = new DocumentTable(
      database,
      'operations',
      {
        key: (operation) => operationKey(operation),
        scope: (operation) => key(operation.deploymentId),
        state: (operation) => operation.state,
      },
      box,
    );
    this.stacks = new DocumentTable(
      database,
      'stacks',
      {
        key: (stack) => key(stack.id),
        scope: (stack) => scopeOf(stack.id),
        state: (stack) => stack.state,
      },
      box,
    );
    this.deletions = new DocumentTable(
      database,
      'deletions',
      {
        key: (deletion) => deletion.id,
        scope: (deletion) => key(deletion.ownerId),
        state: (deletion) => deletion.state,
      },
      box,
    );
    this.denyAssignments = new DocumentTable(
      database,
      'deny_assignments',
      {
        key: (denial) => key(denial.id),
        scope: (denial) => key(denial.scopeId),
        state: (denial) => denial.mode,
      },
      box,
    );
  }

  /** What was set on a subscription. */
  subscription(subscriptionId: string): Subscription {
    return this.subscriptions.get(key(subscriptionId)) ?? { subscriptionId };
  }

  /** All changes that `work` makes take effect together, or, when it throws, not at all. May be nested. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#database.exec('BEGIN IMMEDIATE');
    this.#depth = 1;
    let result: T;
    try {
      result = work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#depth = 0;
      this.#afterCommit.length = 0;
      this.#database.exec('ROLLBACK');
      this.resources.endTransaction(false);
      throw error;
    }
    this.#depth = 0;
    this.resources.endTransaction(true);
    for (const action of this.#afterCommit.splice(0)) action();
    return result;
  }

  /** Does `action` once the changes are in the file, and not when they are taken back. */
  afterCommit(action: () => void): void {
    if (this.#depth === 0) action();
    else this.#afterCommit.push(action);
  }

  /** Whether a resource, a resource group or a lock with this id is there. */
  isThere(id: string): boolean {
    return (
      this.resources.get(id) !== undefined ||
      [this.groups, this.locks].some((table) => table.stateOf(key(id)) !== undefined)
    );
  }

  /** Removes a deployment with its operations. */
  removeDeployment(id: string): void {
    this.transaction(() => {
      this.deployments.remove(key(id));
      this.removeGuardsAt(id);
      this.#database.prepare('DELETE FROM operations WHERE scope = ?').run(key(id));
    });
  }

  /** Removes a stack, with what it forbids. */
  removeStack(id: string): void {
    this.transaction(() => {
      this.stacks.remove(key(id));
      this.#database
        .prepare("DELETE FROM deny_assignments WHERE lower(json ->> '$.stackId') = ?")
        .run(key(id));
    });
  }

  /** Removes the works on everything under an id. */
  removeWorksUnder(id: string): void {
    this.#removeUnder('works', id);
  }

  /** Removes the locks and the deny assignments on what has this id, which is gone, and on everything under it. */
  removeGuardsAt(id: string): void {
    for (const table of ['locks', 'deny_assignments'] as const) {
      this.#database.prepare(`DELETE FROM ${table} WHERE scope = ?`).run(key(id));
      this.#removeUnder(table, id);
    }
  }

  #removeUnder(table: 'works' | 'locks' | 'deny_assignments', id: string): void {
    // All texts that begin with the id and a slash lie between it and what follows the slash in order.
    this.#database
      .prepare(`DELETE FROM ${table} WHERE scope > ? AND scope < ?`)
      .run(`${key(id)}/`, `${key(id)}0`);
  }

  /** The newest timestamp of any deployment operation. */
  newestOperationTime(): string | undefined {
    const row = this.#database.prepare("SELECT max(json ->> '$.timestamp') AS newest FROM operations").get();
    return row?.newest === null || row?.newest === undefined ? undefined : String(row.newest);
  }

  /** Forgets finished works and deletions that ended before `before` (ISO 8601). */
  forgetFinished(before: string): void {
    this.#database
      .prepare("DELETE FROM works WHERE state <> 'Running' AND json ->> '$.dueAt' < ?")
      .run(before);
    this.#database
      .prepare("DELETE FROM deletions WHERE state <> 'Running' AND json ->> '$.finishedAt' < ?")
      .run(before);
  }

  close(): void {
    this.#database.close();
  }
}

/** The file that holds a local cloud's state, in its folder. */
export const stateFile = (folder: string): string => join(folder, 'state.sqlite');

/** Whether a local cloud that runs at this moment keeps its state in a folder. */
export function isInUse(folder: string): boolean {
  if (!existsSync(stateFile(folder))) return false;
  const database = new DatabaseSync(stateFile(folder));
  try {
    database.exec('BEGIN IMMEDIATE; ROLLBACK;');
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    database.close();
  }
}

/** SQLite's `SQLITE_BUSY`, with whatever further bits say about it. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === 5;

/**
 * Opens the file for this process alone: two that work on the same resources would do everything twice. The operating
 * system takes the lock back when the process ends, however it ends.
 */
function openAlone(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(
      'PRAGMA busy_timeout = 1000; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;',
    );
    // Only a first write takes the lock.
    database.exec('BEGIN IMMEDIATE; COMMIT;');
    return database;
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new Error(
      `The data folder ${dirname(dirname(file))} is in use by a Slipway that runs already: stop it, or set SLIPWAY_DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}
