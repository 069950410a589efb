import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiProblem } from './client.ts';
import { untilAnswered } from './until-answered.ts';

const problem = (code: string, status: number): ApiProblem =>
  new ApiProblem(status, { code, message: code, remedy: '', correlationId: '' });
const noConnection = problem('NoConnection', 0);

/** Answers with each of these in turn; errors are thrown. */
function sending(...outcomes: unknown[]) {
  const left = [...outcomes];
  const send = vi.fn(async () => {
    const outcome = left.shift();
    if (outcome instanceof Error) throw outcome;
    return outcome;
  });
  const lost: string[] = [];
  const abort = new AbortController();
  const line = new EventTarget();
  const options = {
    onLost: ({ code }: ApiProblem) => void lost.push(code),
    signal: abort.signal,
    line,
  };
  return { send, lost, abort, line, answer: () => untilAnswered(send, options) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a request whose answer gets lost', () => {
  test('is sent again, less and less often, until there is an answer', async () => {
    const { send, lost, answer } = sending(
      noConnection,
      problem('UnreadableAnswer', 502),
      problem('CloudTimeout', 504),
      'found',
    );
    const answered = answer();
    await vi.advanceTimersByTimeAsync(1_000 + 2_000 + 3_999);
    expect(send).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(1);
    await expect(answered).resolves.toBe('found');
    expect(lost).toEqual(['NoConnection', 'UnreadableAnswer', 'CloudTimeout']);
  });

  test('is sent again at once when the line is back', async () => {
    const { send, line, answer } = sending(noConnection, 'found');
    const answered = answer();
    await vi.advanceTimersByTimeAsync(10);
    line.dispatchEvent(new Event('online'));
    await expect(answered).resolves.toBe('found');
    expect(send).toHaveBeenCalledTimes(2);
  });

  test('is sent no more once it was stopped', async () => {
    const { send, abort, answer } = sending(noConnection, 'found');
    const answered = expect(answer()).rejects.toThrow('enough');
    await vi.advanceTimersByTimeAsync(10);
    abort.abort(new Error('enough'));
    await answered;
    expect(send).toHaveBeenCalledTimes(1);
  });
});

test.each([
  ['ClusterNameTaken', 409],
  ['Internal', 500],
  ['CredentialUnavailable', 503],
])('an answer that says %s is an answer', async (code, status) => {
  const refusal = problem(code, status);
  const { lost, answer } = sending(refusal);
  await expect(answer()).rejects.toBe(refusal);
  expect(lost).toEqual([]);
});
