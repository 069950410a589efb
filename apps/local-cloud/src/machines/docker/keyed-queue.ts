/** Does things one after another for the same key, and side by side for others. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const begun = before === undefined ? task() : settled(before).then(task);
    const end = settled(begun);
    this.#last.set(key, end);
    void this.#forgetAfter(key, end);
    return begun;
  }

  async #forgetAfter(key: string, end: Promise<unknown>): Promise<void> {
    await end;
    if (this.#last.get(key) === end) this.#last.delete(key);
  }
}

const settled = (promise: Promise<unknown>): Promise<unknown> => promise.catch(() => undefined);
