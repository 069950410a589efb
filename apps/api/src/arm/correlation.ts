import { AsyncLocalStorage } from 'node:async_hooks';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** The request of a person that ARM is asked for. */
interface Caller {
  correlationId: string;
  /** `performance.now()` */
  startedAtMs: number;
  /** How many times as long as others it may take. */
  timesLonger: number;
}

const current = new AsyncLocalStorage<Caller>();

/** Runs the rest of a request so that ARM is told its correlation id, and so that it ends while somebody waits for it. */
export function withCorrelation(correlationId: string, run: () => void): void {
  current.run({ correlationId, startedAtMs: performance.now(), timesLonger: 1 }, run);
}

/** Runs work that belongs to no single request: nobody waits for it, so it may take its time. */
export function withoutCorrelation<Result>(run: () => Result): Result {
  return current.exit(run);
}

/** Runs a part of a request for which a person waits longer than for others. */
export function withMoreTime<Result>(timesLonger: number, run: () => Result): Result {
  const caller = current.getStore();
  return caller ? current.run({ ...caller, timesLonger }, run) : run();
}

/**
 * What the present request may take as a whole, and what of it is left; both without end where nobody waits.
 *
 * @param usualMs what a request may take that is like most
 */
export function timeOfRequest(usualMs: number): { wholeMs: number; leftMs: number } {
  const caller = current.getStore();
  if (!caller) return { wholeMs: Infinity, leftMs: Infinity };
  const wholeMs = usualMs * caller.timesLonger;
  return { wholeMs, leftMs: caller.startedAtMs + wholeMs - performance.now() };
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Passes the request's correlation id on to ARM, which takes GUIDs only. */
export const correlationPolicy: PipelinePolicy = {
  name: 'slipwayCorrelationPolicy',
  sendRequest: (request, next) => {
    const correlationId = current.getStore()?.correlationId;
    if (correlationId !== undefined && guid.test(correlationId))
      request.headers.set('x-ms-correlation-request-id', correlationId);
    return next(request);
  },
};
