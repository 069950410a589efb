import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { timeOfRequest } from './correlation.ts';

/**
 * So many times the limit of one answer may a person's request take, with everything that it asks of ARM: with the
 * usual limit of 30 seconds less than the minute after which browsers and proxies give up.
 */
const answersARequest = 1.75;

/** ARM did not answer in time: what was asked for may have been done all the same. */
export class ArmTimeout extends Error {
  override readonly name = 'ArmTimeout';
}

/** How much time a person's request has left for ARM; without end where nobody waits. */
export const requestTimeLeftMs = (limitMs: number): number => timeOfRequest(answersARequest * limitMs).leftMs;

/**
 * Bounds every attempt: by what one answer of ARM may take, and by what is left of the request that it is for. Sits
 * inside the retries; a time-out is not tried again, because whoever waits has waited long enough.
 *
 * @param longestAnswerMs shorter for answers that need no work
 */
export function timeLimitPolicy(limitMs: number, longestAnswerMs = limitMs): PipelinePolicy {
  return {
    name: 'slipwayTimeLimitPolicy',
    sendRequest: async (request, next) => {
      const { wholeMs, leftMs } = timeOfRequest(answersARequest * limitMs);
      if (leftMs <= 0)
        throw new ArmTimeout(
          `Azure Resource Manager took longer than ${seconds(wholeMs)} for everything that this request needs.`,
        );
      const attemptMs = Math.ceil(Math.min(limitMs, longestAnswerMs, leftMs));
      request.timeout = attemptMs;
      try {
        return await next(request);
      } catch (thrown) {
        const timedOut =
          thrown instanceof Error && thrown.name === 'AbortError' && request.abortSignal?.aborted !== true;
        if (!timedOut) throw thrown;
        throw new ArmTimeout(`Azure Resource Manager did not answer within ${seconds(attemptMs)}.`, {
          cause: thrown,
        });
      }
    },
  };
}

function seconds(ms: number): string {
  const count = Math.max(1, Math.round(ms / 1000));
  return count === 1 ? '1 second' : `${count} seconds`;
}
