import { randomUUID } from 'node:crypto';
import type { GrowingTime } from '../clock.ts';
import { maskError, secretsIn } from '../engine/secret-texts.ts';
import type { ErrorBody } from '../error-body.ts';
import type { CloudView } from '../providers/provider.ts';
import { parseResourceId } from '../resource-id.ts';
import type { CallTarget } from '../resources/call-target.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import type { ActivityEvent, Deletion, Deployment, Stack, Work } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import type { Cause } from './cause.ts';

/** What becomes of something that was asked for. */
export interface Outcome {
  status: ActivityEvent['status'];
  /** Of the answer to the request; absent at the end of work that a request only began. */
  httpStatus?: number;
  error?: ErrorBody | undefined;
  /** What the error must not repeat. */
  secrets?: readonly string[];
  httpRequest?: ActivityEvent['httpRequest'];
}

const verbs = { put: 'write', delete: 'delete' } as const;
const longestMessage = 2_000;

/**
 * Azure's activity log, its category `Administrative`: every write, delete and action, with who asked for it and what became
 * of it. What takes time is there twice, when it is accepted and when it ends. Azure notes a third event (`Started`) before
 * a request is looked at; here nothing comes between that and the answer.
 */
export class ActivityLog {
  readonly #store: Store;
  readonly #time: GrowingTime;
  readonly #view: CloudView;
  readonly #directory: ProviderDirectory;

  constructor(parts: { store: Store; time: GrowingTime; view: CloudView; directory: ProviderDirectory }) {
    this.#store = parts.store;
    this.#time = parts.time;
    this.#view = parts.view;
    this.#directory = parts.directory;
  }

  /** Notes one event. */
  note(cause: Cause, target: CallTarget, outcome: Outcome): void {
    const { status, httpStatus, httpRequest } = outcome;
    const error = outcome.error && maskError(outcome.error, outcome.secrets ?? []);
    const resourceId = this.#canonicalId(target.id);
    // The log is a subscription's: what happens above one is in none.
    if (!/^\/subscriptions\//i.test(resourceId)) return;
    const resourceType = this.#directory.handler(target.type)?.type ?? target.type;
    const resourceGroup = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(resourceId)?.[1];
    this.#store.activity.add({
      id: randomUUID(),
      time: this.#time.next(),
      ...cause,
      operationName: `${resourceType}/${target.verb}`,
      resourceId,
      resourceType,
      ...(resourceGroup === undefined ? {} : { resourceGroup }),
      status,
      level: status === 'Failed' ? 'Error' : 'Informational',
      ...(httpStatus === undefined ? {} : { httpStatus }),
      ...(error === undefined
        ? {}
        : { error: { code: error.code, message: error.message.slice(0, longestMessage) } }),
      ...(httpRequest === undefined ? {} : { httpRequest }),
    });
  }

  /** The end of a work on a resource. Works that nobody asked for by themselves have no cause. */
  workEnded(work: Work): void {
    const id = parseResourceId(work.resourceId);
    if (work.cause === undefined || id === undefined) return;
    const verb = work.kind === 'action' ? `${work.action ?? ''}/action` : verbs[work.kind];
    const secrets = secretsIn(this.#view.get(work.resourceId)?.secrets);
    const error: ErrorBody | undefined =
      work.state === 'Canceled'
        ? {
            code: 'OperationPreempted',
            message: 'The operation was ended by a later one, such as the deletion of the resource.',
          }
        : work.error;
    this.note(work.cause, { id: work.resourceId, type: id.type, verb }, { ...ended(error), secrets });
  }

  /** A deployment that no request asked for by itself has begun: one that is nested, or a stack's. */
  deploymentAccepted({ id, caller, correlationId, operationStatusId }: Deployment): void {
    if (caller === undefined) return;
    this.note(
      { caller, correlationId, operationId: operationStatusId },
      { id, type: 'Microsoft.Resources/deployments', verb: 'write' },
      { status: 'Accepted', httpStatus: 201 },
    );
  }

  deploymentEnded(deployment: Deployment): void {
    const { id, caller, correlationId, operationStatusId, error } = deployment;
    if (caller === undefined) return;
    this.note(
      { caller, correlationId, operationId: operationStatusId },
      { id, type: 'Microsoft.Resources/deployments', verb: 'write' },
      ended(error),
    );
  }

  stackEnded(stack: Stack): void {
    const { id, caller, correlationId, operationId, error } = stack;
    if (caller === undefined) return;
    this.note(
      { caller, correlationId, operationId },
      { id, type: 'Microsoft.Resources/deploymentStacks', verb: 'write' },
      ended(error),
    );
  }

  deletionEnded({ purpose, ownerId, cause, error, state }: Deletion): void {
    const type = deletedTypes[purpose];
    if (cause === undefined || type === undefined) return;
    const reason = error ?? { code: 'Conflict', message: 'Not everything could be deleted.' };
    this.note(cause, { id: ownerId, type, verb: 'delete' }, ended(state === 'Failed' ? reason : undefined));
  }

  #canonicalId(id: string): string {
    const known = this.#view.get(id)?.id ?? this.#store.groups.get(id.toLowerCase())?.id;
    return (
      known ?? id.replace(/^\/subscriptions\/([^/]+)\/resourcegroups\//i, '/subscriptions/$1/resourceGroups/')
    );
  }
}

/** What is deleted by a deletion; the deletion of what a stack or a template no longer has is part of a write. */
const deletedTypes: Readonly<Record<Deletion['purpose'], string | undefined>> = {
  resourceGroup: 'Microsoft.Resources/subscriptions/resourceGroups',
  stack: 'Microsoft.Resources/deploymentStacks',
  stackUpdate: undefined,
  deployment: 'Microsoft.Resources/deployments',
  completeMode: undefined,
};

function ended(error: ErrorBody | undefined): Outcome {
  return error === undefined ? { status: 'Succeeded' } : { status: 'Failed', error };
}
