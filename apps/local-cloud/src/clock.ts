/** Time as the control plane sees it; passed in, so that tests and paces decide how long things take. */
export interface Clock {
  now: () => Date;
  /** Calls `action` once after `delayMs`; with 0 at the next turn of the event loop. Returns how to call it off. */
  schedule: (delayMs: number, action: () => void) => () => void;
}

/** `setTimeout` takes no longer delay than this. */
const longestTimerMs = 2_147_483_647;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  schedule: (delayMs, action) => {
    if (delayMs <= 0) {
      const immediate = setImmediate(action);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(action, Math.min(delayMs, longestTimerMs));
    return () => clearTimeout(timer);
  },
};

/** A clock that can be stopped: then nothing that was scheduled with it happens any more. */
export class StoppableClock implements Clock {
  readonly #clock: Clock;
  readonly #pending = new Set<() => void>();
  #isStopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  schedule(delayMs: number, action: () => void): () => void {
    if (this.#isStopped) return () => undefined;
    const cancel = this.#clock.schedule(delayMs, () => {
      this.#pending.delete(cancel);
      action();
    });
    this.#pending.add(cancel);
    return () => {
      this.#pending.delete(cancel);
      cancel();
    };
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }
}

/** Times that only ever grow, by at least a millisecond: what a cursor over changes is made of. */
export class GrowingTime {
  readonly #clock: Clock;
  #lastMs: number;

  /** `after` is the newest time that was ever handed out. */
  constructor(clock: Clock, after: string | undefined) {
    this.#clock = clock;
    this.#lastMs = after === undefined ? 0 : Date.parse(after);
  }

  /** The time now as it is, as ISO 8601: for durations. */
  now(): string {
    return this.#clock.now().toISOString();
  }

  /** The time now as ISO 8601, later than every one before it. */
  next(): string {
    this.#lastMs = Math.max(this.#clock.now().getTime(), this.#lastMs + 1);
    return new Date(this.#lastMs).toISOString();
  }
}

/** A length of time as ISO 8601, for example `PT1M2.5S`. */
export function isoDuration(durationMs: number): string {
  const totalSeconds = Math.max(0, durationMs) / 1000;
  const hours = Math.floor(totalSeconds / 3600);
  const minutes = Math.floor((totalSeconds % 3600) / 60);
  const seconds = Number((totalSeconds % 60).toFixed(3));
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds}S`;
}
