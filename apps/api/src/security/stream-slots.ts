import type { FastifyRequest } from 'fastify';
import { ApiError } from '../api-error.ts';

/** So long a reader is to wait before it asks for a stream again. */
const retryAfterMs = 10_000;
/** Which part of all streams one client may have open. */
const shareOfOne = 4;

/** Counts event streams: one client may have a quarter of all that may be open at once. */
export class StreamSlots {
  readonly #most: number;
  readonly #clientOf: (request: FastifyRequest) => string;
  readonly #open = new Map<string, number>();
  #total = 0;

  constructor(most: number, clientOf: (request: FastifyRequest) => string) {
    this.#most = most;
    this.#clientOf = clientOf;
  }

  /** Takes a place; answers the function that gives it back. Throws `TooManyRequests` when there is none. */
  take(request: FastifyRequest): () => void {
    const client = this.#clientOf(request);
    const own = this.#open.get(client) ?? 0;
    const mostOfOne = Math.ceil(this.#most / shareOfOne);
    if (own >= mostOfOne)
      throw new ApiError(
        'TooManyRequests',
        `You have ${mostOfOne} event streams open, and no more are given to one client. Close some pages of deployments.`,
        { retryAfterMs },
      );
    if (this.#total >= this.#most)
      throw new ApiError(
        'TooManyRequests',
        `The portal has ${this.#most} event streams open, which is all that it gives (SLIPWAY_EVENT_STREAMS).`,
        { retryAfterMs },
      );
    this.#open.set(client, own + 1);
    this.#total += 1;
    let given = true;
    return () => {
      if (!given) return;
      given = false;
      this.#total -= 1;
      const left = (this.#open.get(client) ?? 1) - 1;
      if (left > 0) this.#open.set(client, left);
      else this.#open.delete(client);
    };
  }
}
