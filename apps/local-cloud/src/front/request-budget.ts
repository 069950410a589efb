import type { Method } from './arm-call.ts';

type Kind = 'reads' | 'writes' | 'deletes';

/** Requests per hour and principal, as Azure's documentation of request limits gives them. */
const hourlyLimits: Readonly<Record<Kind, number>> = { reads: 12_000, writes: 1_200, deletes: 15_000 };
const hourMs = 3_600_000;

/**
 * Keeps count of what remains of Azure's hourly request limits; it refills evenly over the hour. The local cloud
 * reports it in the headers that Azure uses; only a strict one refuses what is too much.
 */
export class RequestBudget {
  readonly #left: Record<Kind, number> = { ...hourlyLimits };
  #refilledAtMs: number;

  readonly #isStrict: boolean;

  constructor(now: Date, isStrict: boolean) {
    this.#isStrict = isStrict;
    this.#refilledAtMs = now.getTime();
  }

  /**
   * Counts a request; returns the header that tells what remains, or after how many seconds a request that is too much may
   * come again.
   */
  spend(method: Method, path: string, now: Date): [name: string, value: string] | { waitSeconds: number } {
    this.#refill(now.getTime());
    const kind: Kind =
      method === 'GET' || method === 'HEAD' ? 'reads' : method === 'DELETE' ? 'deletes' : 'writes';
    if (this.#isStrict && this.#left[kind] < 1)
      return { waitSeconds: Math.ceil(((1 - this.#left[kind]) / hourlyLimits[kind]) * (hourMs / 1000)) };
    this.#left[kind] = Math.max(0, this.#left[kind] - 1);
    const scope = path.toLowerCase().startsWith('/subscriptions/') ? 'subscription' : 'tenant';
    return [`x-ms-ratelimit-remaining-${scope}-${kind}`, String(Math.floor(this.#left[kind]))];
  }

  #refill(nowMs: number): void {
    const share = Math.max(0, nowMs - this.#refilledAtMs) / hourMs;
    this.#refilledAtMs = nowMs;
    for (const kind of ['reads', 'writes', 'deletes'] as const)
      this.#left[kind] = Math.min(hourlyLimits[kind], this.#left[kind] + hourlyLimits[kind] * share);
  }
}
