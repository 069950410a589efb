import type { JsonObject } from '@slipway/arm-template';

/** Counts requests by method and route pattern, so that tests can tell how often a client asked. */
export class RequestLog {
  readonly #counts = new Map<string, number>();
  #total = 0;

  count(method: string, pattern: string): void {
    const key = `${method} ${pattern}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#total += 1;
  }

  describe(): JsonObject {
    return { total: this.#total, counts: Object.fromEntries(this.#counts) };
  }
}
