import { setTimeout as delay } from 'node:timers/promises';
import { type ApiErrorBody, type ResourceDeletion, isBeingDeleted } from '@slipway/contract';
import { ApiError, asError, errorBody } from '../api-error.ts';
import { armFailureOf, explainArmFailure } from '../arm/arm-failure.ts';
import type { Arm } from '../arm/arm.ts';
import { withMoreTime } from '../arm/correlation.ts';
import { namedResource } from '../arm/deployments.ts';
import { readAnyResource, submitResourceDelete } from '../arm/resources.ts';

/** Between two looks at whether something is gone, in milliseconds. */
const lookMs = 1_000;
/** So many looks in a row that find it at rest mean that it stays. */
const looksAtRest = 5;
/** So long faults that pass may go on without a good answer in between, in milliseconds. */
const longestTroubleMs = 10 * 60_000;
/** So long it is told how a deletion has ended, in milliseconds. */
const endKeptForMs = 10 * 60_000;

interface Run {
  ids: readonly string[];
  state: ResourceDeletion['state'];
  /** How many of them are gone. */
  done: number;
  error?: ApiErrorBody['error'];
}

/**
 * Deletes resources one after the other, each when the one before is gone, whoever is still looking. Runs live in this
 * process and end with it: what ARM has begun goes on, the rest is left (decision 16).
 */
export class ResourceDeletions {
  readonly #arm: Arm;
  readonly #runs = new Map<string, Run>();
  readonly #closing = new AbortController();

  constructor(arm: Arm) {
    this.#arm = arm;
  }

  /**
   * Begins to delete a resource, after those that are in its way; answers when ARM has taken the first. While it is being
   * deleted already nothing is begun. Throws what ARM says where it refuses the first.
   *
   * @param first ARM ids in the order in which they go
   */
  async begin(id: string, first: readonly string[], correlationId: string): Promise<void> {
    const key = id.toLowerCase();
    if (isUnderway(this.#runs.get(key))) return;
    const run: Run = {
      ids: [...first.filter((each) => each.toLowerCase() !== key), id],
      state: 'running',
      done: 0,
    };
    this.#runs.set(key, run);
    try {
      await submitResourceDelete(this.#arm, run.ids[0] ?? id);
    } catch (thrown) {
      this.#runs.delete(key);
      throw thrown;
    }
    void withMoreTime(Infinity, () => this.#goOn(key, run, correlationId));
  }

  /** How far the deletion of a resource is, or how it has ended; `undefined` where this process knows of none. */
  read(id: string): ResourceDeletion | undefined {
    const run = this.#runs.get(id.toLowerCase());
    if (!run) return undefined;
    const { ids, state, done, error } = run;
    return { state, done, count: ids.length, current: ids[done] ?? id, ...(error ? { error } : {}) };
  }

  /** Lets a deletion end when the resource that ARM is at work on is gone. Throws `DeletionNotRunning`. */
  stop(id: string): void {
    const run = this.#runs.get(id.toLowerCase());
    if (!run || !isUnderway(run))
      throw new ApiError('DeletionNotRunning', 'This resource is not being deleted at the moment.');
    run.state = 'stopping';
  }

  /** Begins nothing any more. */
  close(): void {
    this.#closing.abort();
  }

  async #goOn(key: string, run: Run, correlationId: string): Promise<void> {
    try {
      for (const [at, each] of run.ids.entries()) {
        if (at > 0 && run.state === 'stopping') break;
        if (at > 0) await this.#throughTrouble(() => submitResourceDelete(this.#arm, each));
        await this.#untilGone(each);
        run.done = at + 1;
      }
      if (run.done === run.ids.length) this.#runs.delete(key);
      else run.state = 'stopped';
    } catch (thrown) {
      if (this.#closing.signal.aborted) return;
      run.state = 'failed';
      run.error = errorBody(asApiError(thrown), correlationId);
    }
    const forget = (): void => {
      if (this.#runs.get(key) === run) this.#runs.delete(key);
    };
    setTimeout(forget, endKeptForMs).unref();
  }

  async #untilGone(id: string): Promise<void> {
    for (let atRest = 0; atRest < looksAtRest;) {
      const resource = await this.#throughTrouble(() => readAnyResource(this.#arm, id));
      if (!resource) return;
      atRest = isBeingDeleted(resource.properties?.['provisioningState']) ? 0 : atRest + 1;
      await delay(lookMs, undefined, { signal: this.#closing.signal });
    }
    throw new ApiError(
      'ArmError',
      `Azure Resource Manager had begun to delete ${namedResource(id).name}, but it is still there.`,
      { remedy: 'Its activity log says why.' },
    );
  }

  /** Asks until there is an answer that counts. */
  async #throughTrouble<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const until = performance.now() + longestTroubleMs;
    for (;;) {
      this.#closing.signal.throwIfAborted();
      try {
        return await ask();
      } catch (thrown) {
        const waitMs = waitBeforeNext(thrown);
        if (waitMs === undefined || performance.now() + waitMs > until) throw thrown;
        await delay(waitMs, undefined, { signal: this.#closing.signal });
      }
    }
  }
}

const isUnderway = (run: Run | undefined): boolean => run?.state === 'running' || run?.state === 'stopping';

/** After faults of the line or of ARM itself, and where it wants to be left alone for a while; in milliseconds. */
function waitBeforeNext(thrown: unknown): number | undefined {
  const failure = armFailureOf(thrown);
  if (failure && failure.status !== 429 && failure.status < 500) return undefined;
  const { code, retryAfterMs } = asApiError(thrown);
  const isPassing = failure !== undefined || code === 'CloudUnreachable' || code === 'CloudTimeout';
  return isPassing ? (retryAfterMs ?? 3 * lookMs) : undefined;
}

function asApiError(thrown: unknown): ApiError {
  const explained = explainArmFailure(thrown);
  return explained instanceof ApiError
    ? explained
    : new ApiError('Internal', 'The portal met an unexpected error.', { cause: asError(thrown) });
}
