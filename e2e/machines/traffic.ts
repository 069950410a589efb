import { request } from 'node:http';

const everyMs = 100;
const answerWithinMs = 2_000;

/** One request without a connection kept from before; throws when there is no good answer in time. */
export function ask(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, timeout: answerWithinMs }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
      answer.once('error', reject);
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve(body.trim()) : reject(new Error(`answer ${answer.statusCode}`)),
      );
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.once('error', reject);
    outgoing.end();
  });
}

/** In words how ten requests fare: `2 answer`, or `1 answer, 3 of 10 requests fail: …`. */
export async function turnout(url: string): Promise<string> {
  const hosts = new Set<string>();
  const failures: string[] = [];
  for (let turn = 0; turn < 10; turn += 1)
    await ask(url).then(
      (host) => hosts.add(host),
      (error: unknown) => failures.push(error instanceof Error ? error.message : String(error)),
    );
  if (failures.length === 0) return `${hosts.size} answer`;
  return `${hosts.size} answer, ${failures.length} of 10 requests fail: ${failures.join(', ')}`;
}

/** Requests that go on and on, ten a second. */
export interface Traffic {
  /** Times of the requests that were answered and of those that were not, when they were sent. */
  readonly answered: readonly number[];
  readonly failed: readonly number[];
  stop: () => void;
}

export function startTraffic(url: string): Traffic {
  const answered: number[] = [];
  const failed: number[] = [];
  const timer = setInterval(() => {
    const sentAt = Date.now();
    ask(url).then(
      () => answered.push(sentAt),
      () => failed.push(sentAt),
    );
  }, everyMs);
  return { answered, failed, stop: () => clearInterval(timer) };
}
