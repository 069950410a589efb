import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type PipelinePolicy,
  type PipelineResponse,
  type RetryStrategy,
  isRestError,
  retryPolicy,
} from '@azure/core-rest-pipeline';
import { retryAfterMs } from './retry-after.ts';
import { requestTimeLeftMs } from './time-limits.ts';

const mostRetries = 3;
const firstDelayMs = 250;
const longestDelayMs = 5_000;
/** ARM's wish to be left alone for longer is passed on instead: nobody looks at a page that does nothing. */
const longestWaitMs = 20_000;

/** Codes of a connection that never came to be: whatever was to be sent has not arrived. */
const neverSent = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/;
/** Codes of a connection that was lost: what was sent may have arrived. */
const lostOnTheWay = /^(?:ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ESOCKETTIMEDOUT|REQUEST_SEND_ERROR)$/;

/** Statuses of a fault that may be over at the next attempt; the request may have been carried out. */
export const isPassingFault = (status: number): boolean =>
  status === 408 || status === 500 || status === 502 || status === 503 || status === 504;

/** Whether an error of the network says that nothing was sent. */
export const wasNeverSent = (thrown: unknown): boolean => neverSent.test(codeOf(thrown));

/** Whether an error of the network may be gone at the next attempt. */
export const isNetworkFault = (thrown: unknown): boolean =>
  neverSent.test(codeOf(thrown)) || lostOnTheWay.test(codeOf(thrown));

const onceOnly = new AsyncLocalStorage<true>();

/**
 * Runs a call whose request is sent again only when it certainly was not carried out (refused for too many requests,
 * or never sent). Everything else is sent again after faults and lost answers, which is decided per call:
 *
 * - reads, validations, what-if and the template export change nothing;
 * - a resource group's PUT and PATCH say the whole of what they set, so twice is as once;
 * - a delete finds gone, or going, what an earlier one took;
 * - a stack's PUT is **not** repeated: a second one deploys again (`submitStack` looks first);
 * - a deployment's cancel is **not** repeated: the second is refused like one that came too late
 *   (`cancelDeployment` looks first);
 * - a machine's action is **not** repeated: a second restart interrupts again.
 */
export function sentOnce<Result>(call: () => Promise<Result>): Promise<Result> {
  return onceOnly.run(true, call);
}

/**
 * Sends requests again after faults that pass, with the loop of the SDK and decisions of our own. The SDK's default
 * policy waits however long `Retry-After` says, gives up at a 429 without that header, and repeats every method alike.
 *
 * @param limitMs what one answer of ARM may take; see `requestTimeLeftMs`
 */
export function retriesPolicy(limitMs: number): PipelinePolicy {
  return {
    name: 'slipwayRetriesPolicy',
    sendRequest: (request, next) =>
      retryPolicy([strategy(limitMs, onceOnly.getStore() !== true)], {
        maxRetries: mostRetries,
      }).sendRequest(request, next),
  };
}

function strategy(limitMs: number, mayRepeat: boolean): RetryStrategy {
  return {
    name: 'slipwayRetryStrategy',
    retry: ({ retryCount, response, responseError }) => {
      const answer = response ?? responseError?.response;
      const again = answer
        ? answer.status === 429 || (mayRepeat && isPassingFault(answer.status))
        : wasNeverSent(responseError) || (mayRepeat && isNetworkFault(responseError));
      if (!again) return { skipStrategy: true };
      const waitMs = (answer && wishOf(answer)) ?? backoffMs(retryCount);
      const isTooLong = waitMs > longestWaitMs || waitMs >= requestTimeLeftMs(limitMs);
      return isTooLong ? { skipStrategy: true } : { retryAfterInMs: waitMs };
    },
  };
}

/** Only these two statuses say with `Retry-After` when the same request may come again. */
const wishOf = (answer: PipelineResponse): number | undefined =>
  answer.status === 429 || answer.status === 503 ? retryAfterMs(answer) : undefined;

/** Longer with every attempt; by chance up to half as long again, so that many do not come back at one moment. */
function backoffMs(attempt: number): number {
  const base = Math.min(longestDelayMs, firstDelayMs * 2 ** attempt);
  return Math.round(base * (1 + Math.random() / 2));
}

/** Waits before something that consists of several requests is tried once more; `attempt` counts from 1. */
export async function pauseBefore(attempt: number): Promise<void> {
  await delay(backoffMs(attempt));
}

function codeOf(thrown: unknown): string {
  const coded = isRestError(thrown) || (typeof thrown === 'object' && thrown !== null && 'code' in thrown);
  return coded ? String((thrown as { code?: unknown }).code) : '';
}
