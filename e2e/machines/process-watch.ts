import { readdirSync, readFileSync } from 'node:fs';

const everyMs = 100;

/** Looks again and again at every process of this computer, and so also at those inside of its machines. */
export class ProcessWatch {
  readonly #seen = new Set<string>();
  readonly #timer = setInterval(() => this.#look(), everyMs);

  #look(): void {
    for (const id of readdirSync('/proc')) {
      if (!/^\d+$/.test(id)) continue;
      try {
        this.#seen.add(readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' '));
      } catch {
        // It has ended meanwhile.
      }
    }
  }

  /** Ends the watch; the command lines that were seen, a line each. */
  end(): string {
    clearInterval(this.#timer);
    return [...this.#seen].join('\n');
  }
}
