/** Runs `work` over all items, at most `limit` at the same time; answers in the items' order. */
export async function mapLimited<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return [...results.entries()].toSorted(([one], [other]) => one - other).map(([, result]) => result);
}

/**
 * Shares the answer of a costly read: callers with the same key get the read that is under way, or its answer while
 * that is younger than `keepMs`. A failed read is not kept.
 */
export class SharedReads<Result> {
  readonly #keepMs: number;
  readonly #reads = new Map<string, Promise<Result>>();

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  read(key: string, read: () => Promise<Result>): Promise<Result> {
    const known = this.#reads.get(key);
    if (known) return known;
    const started = read();
    this.#reads.set(key, started);
    const forget = () => {
      if (this.#reads.get(key) === started) this.#reads.delete(key);
    };
    started.then(() => setTimeout(forget, this.#keepMs).unref(), forget);
    return started;
  }

  /** Lets the next caller with this key read anew. */
  forget(key: string): void {
    this.#reads.delete(key);
  }
}

/** Lets work with the same key run one after the other. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const running = before.then(work, work);
    const tail = running.catch(() => undefined);
    this.#tails.set(key, tail);
    try {
      return await running;
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    }
  }
}

/** Waits for work, but no longer than `limitMs`; then throws what `late` makes. The work itself goes on. */
export async function withTimeLimit<Result>(
  work: Promise<Result>,
  limitMs: number,
  late: () => Error,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
