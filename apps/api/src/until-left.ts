import type { FastifyReply } from 'fastify';
import { ApiError } from './api-error.ts';

/** Aborted when whoever asked goes away before there is an answer. */
export function untilLeft({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished)
      left.abort(new ApiError('InvalidRequest', 'Whoever asked left before there was an answer.'));
  });
  return left.signal;
}
