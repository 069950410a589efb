import { createHash, randomUUID } from 'node:crypto';
import type { GrowingTime } from '../clock.ts';
import type { ErrorBody } from '../error-body.ts';
import type { DeploymentOperation } from '../store/documents.ts';
import { operationKey, type Store } from '../store/store.ts';

/** Writes the operations of deployments; every change of state gets a timestamp later than all before it. */
export class OperationLog {
  readonly #store: Store;
  readonly #time: GrowingTime;

  constructor(store: Store, time: GrowingTime) {
    this.#store = store;
    this.#time = time;
  }

  of(deploymentId: string): DeploymentOperation[] {
    return this.#store.operations.inScope(deploymentId.toLowerCase());
  }

  /** The write operations, by the lower-case id of what they write. */
  writesOf(deploymentId: string): Map<string, DeploymentOperation> {
    return new Map(
      this.of(deploymentId)
        .filter((operation) => operation.kind === 'Create')
        .map((operation) => [operation.target?.id.toLowerCase() ?? '', operation]),
    );
  }

  /** Whether something of this kind has begun with what has this id. */
  has(deploymentId: string, kind: DeploymentOperation['kind'], targetId: string): boolean {
    const operationId = operationIdOf(deploymentId, kind, targetId);
    return this.#store.operations.stateOf(operationKey({ deploymentId, operationId })) !== undefined;
  }

  /** Notes that something has begun; once only per deployment, kind and target. */
  begin(
    deploymentId: string,
    kind: DeploymentOperation['kind'],
    target: DeploymentOperation['target'],
    workId?: string,
  ): DeploymentOperation {
    const timestamp = this.#time.next();
    const operation: DeploymentOperation = {
      deploymentId,
      operationId: operationIdOf(deploymentId, kind, target?.id),
      kind,
      state: 'Running',
      timestamp,
      startedAt: this.#time.now(),
      ...(target === undefined ? {} : { target }),
      ...(workId === undefined ? {} : { workId }),
      trackingId: randomUUID(),
      serviceRequestId: randomUUID(),
    };
    this.#store.operations.put(operation);
    return operation;
  }

  end(
    operation: DeploymentOperation,
    state: 'Succeeded' | 'Failed' | 'Canceled',
    result: { statusCode?: string; error?: ErrorBody | undefined } = {},
  ): DeploymentOperation {
    const timestamp = this.#time.next();
    const ended: DeploymentOperation = {
      ...operation,
      state,
      timestamp,
      finishedAt: this.#time.now(),
      ...(result.statusCode === undefined ? {} : { statusCode: result.statusCode }),
      ...(result.error === undefined ? {} : { error: result.error }),
    };
    this.#store.operations.put(ended);
    return ended;
  }
}

/** The same for the same deployment, kind and target. */
const operationIdOf = (
  deploymentId: string,
  kind: DeploymentOperation['kind'],
  targetId: string | undefined,
): string =>
  createHash('sha256')
    .update(`${deploymentId.toLowerCase()} ${kind} ${targetId?.toLowerCase() ?? ''}`)
    .digest('hex')
    .slice(0, 16)
    .toUpperCase();
