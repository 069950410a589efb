import { isTimeout, mayHaveBeenDone } from './arm-failure.ts';
import { pauseBefore } from './retries.ts';

const attempts = 4;

/**
 * Sends what must not be carried out twice (see `sentOnce`). Where the answer was lost, or was a fault of ARM's own,
 * `look` says whether it had arrived (`found`), and if not, whether it may still be sent again. Throws what `send` threw
 * when it did not arrive, and what `look` throws.
 */
export async function sendOrFind<Result>(
  send: () => Promise<Result>,
  look: () => Promise<{ found: Result } | { mayRepeat: boolean }>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (thrown) {
      if (!mayHaveBeenDone(thrown)) throw thrown;
      const seen = await look();
      if ('found' in seen) return seen.found;
      if (attempt === attempts || isTimeout(thrown) || !seen.mayRepeat) throw thrown;
      await pauseBefore(attempt);
    }
  }
}
