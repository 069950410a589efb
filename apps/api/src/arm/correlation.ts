import { AsyncLocalStorage } from 'node:async_hooks';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

const current = new AsyncLocalStorage<string>();

/** Runs the rest of a request so that ARM is told its correlation id. */
export function withCorrelation(correlationId: string, run: () => void): void {
  current.run(correlationId, run);
}

/** Runs work that belongs to no single request. */
export function withoutCorrelation<Result>(run: () => Result): Result {
  return current.exit(run);
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Passes the request's correlation id on to ARM, which takes GUIDs only, and bounds every request's time. */
export const correlationPolicy: PipelinePolicy = {
  name: 'slipwayCorrelationPolicy',
  sendRequest: (request, next) => {
    const correlationId = current.getStore();
    if (correlationId !== undefined && guid.test(correlationId))
      request.headers.set('x-ms-correlation-request-id', correlationId);
    if (request.timeout === 0) request.timeout = requestTimeoutMs;
    return next(request);
  },
};

const requestTimeoutMs = 60_000;
