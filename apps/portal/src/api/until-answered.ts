import { type ApiProblem, asProblem, isPassing } from './client.ts';

/** Whether a request may have been carried out although no answer says so, or may be carried out a moment later. */
export const mayHaveGotLost = (thrown: unknown): boolean =>
  isPassing(thrown) && asProblem(thrown).code !== 'CredentialUnavailable';

/** Between two attempts, in milliseconds; the last one again and again. */
const delaysMs = [1_000, 2_000, 4_000, 8_000];

/**
 * Sends what does no harm when it is sent twice, again and again until there is an answer to it. Each time the answer got
 * lost `onLost` is told. Ends early with what `signal` was aborted with; an event `online` of `line` ends a pause early.
 */
export async function untilAnswered<Answer>(
  send: () => Promise<Answer>,
  { onLost, signal, line }: { onLost: (problem: ApiProblem) => void; signal: AbortSignal; line: EventTarget },
): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await send();
    } catch (thrown) {
      signal.throwIfAborted();
      if (!mayHaveGotLost(thrown)) throw thrown;
      onLost(asProblem(thrown));
    }
    await pause(delaysMs[Math.min(attempt, delaysMs.length - 1)] ?? 0, signal, line);
  }
}

function pause(delayMs: number, signal: AbortSignal, line: EventTarget): Promise<void> {
  return new Promise((resume) => {
    const over = new AbortController();
    const end = (): void => {
      clearTimeout(timer);
      over.abort();
      resume();
    };
    const timer = setTimeout(end, delayMs);
    line.addEventListener('online', end, { signal: over.signal });
    signal.addEventListener('abort', end, { signal: over.signal });
  });
}
