import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StreamEvent } from '@slipway/contract';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Following, type StreamPatience, followStream } from './deployment-events.ts';

type Handler = (answer: ServerResponse, lastEventId: string | undefined) => void;

const quick: StreamPatience = {
  silentMs: 20_000,
  openMs: 20_000,
  retryMs: 5,
  maxRetryMs: 5,
  freshMs: 30,
};

/** A busy machine takes its time for a connection, and for the next. */
const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 15_000 });

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/** A server whose nth connection is answered by the nth handler (the last one again and again), and who follows it. */
async function followed(handlers: Handler[], patience: Partial<StreamPatience> = {}) {
  const askedFor: (string | undefined)[] = [];
  const server = createServer((request, answer) => {
    const header = request.headers['last-event-id'];
    const cursor = typeof header === 'string' ? header : undefined;
    const handler = handlers[Math.min(askedFor.length, handlers.length - 1)];
    askedFor.push(cursor);
    handler?.(answer, cursor);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const heard: StreamEvent[] = [];
  const lost: string[] = [];
  const refused: string[] = [];
  const following: Following = followStream(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    {
      received: (event) => void heard.push(event),
      lost: (how) => void lost.push(how),
      refused: ({ code }) => void refused.push(code),
    },
    { ...quick, ...patience },
  );
  cleanUps.push(() => {
    following.stop();
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  return { askedFor, heard, lost, refused, following };
}

const opened = (answer: ServerResponse): ServerResponse =>
  answer.writeHead(200, { 'content-type': 'text/event-stream' });
const row = (name: string): string =>
  `id: after-${name}\nevent: row\ndata: ${JSON.stringify({ type: 'row', row: { id: `/${name}`, type: 'T', name, state: 'Running' } })}\n\n`;
const ended = 'event: ended\ndata: {"type":"ended"}\n\n';
const alive = 'event: alive\ndata: {"type":"alive"}\n\n';
const namesOf = (events: StreamEvent[]) =>
  events.map((event) => (event.type === 'row' ? event.row.name : event.type));

describe('a stream that is followed', () => {
  test('is read to its end and then left alone', async () => {
    const { following, heard, askedFor, lost } = await followed([
      (answer) => opened(answer).end(row('a') + ended),
    ]);
    await following.over;
    expect(namesOf(heard)).toEqual(['a', 'ended']);
    expect(askedFor).toHaveLength(1);
    expect(lost).toEqual([]);
  });

  test('goes on after the last event that arrived when its connection breaks', async () => {
    const { heard, askedFor } = await followed([
      (answer) => {
        opened(answer).write(row('a'));
        setTimeout(() => answer.destroy(), 10);
      },
      (answer) => opened(answer).end(row('b') + ended),
    ]);
    await eventually(() => expect(namesOf(heard)).toEqual(['a', 'b', 'ended']));
    expect(askedFor).toEqual([undefined, 'after-a']);
  });

  test('counts as lost when it is silent, and is opened anew with its cursor', async () => {
    const { heard, lost, askedFor } = await followed(
      [(answer) => void opened(answer).write(row('a')), (answer) => opened(answer).end(ended)],
      { silentMs: 300 },
    );
    await eventually(() => expect(namesOf(heard)).toEqual(['a', 'ended']));
    expect(lost).toEqual(['silent']);
    expect(askedFor).toEqual([undefined, 'after-a']);
  });

  test('is not lost as long as there are signs of life', async () => {
    const { following, heard, lost } = await followed(
      [
        (answer) => {
          opened(answer).flushHeaders();
          const timer = setInterval(() => answer.write(alive), 25);
          setTimeout(() => {
            clearInterval(timer);
            answer.end(ended);
          }, 1_200);
        },
      ],
      { silentMs: 600 },
    );
    await following.over;
    expect(namesOf(heard)).toContain('ended');
    expect(lost).toEqual([]);
  });

  test('counts as lost when a proxy swallows it, headers and all', async () => {
    const { lost } = await followed([() => undefined], { openMs: 100 });
    await eventually(() => expect(lost).toContain('silent'));
  });

  test('waits for a server that is away, and for a proxy that has none', async () => {
    const { heard, lost } = await followed([
      (answer) => answer.destroy(),
      (answer) => answer.writeHead(502).end('<html>'),
      (answer) => answer.writeHead(404).end('<html>'),
      (answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      (answer) => opened(answer).end(ended),
    ]);
    await eventually(() => expect(namesOf(heard)).toEqual(['ended']));
    expect(lost).toEqual(['broken', 'broken', 'broken', 'broken']);
  });

  test.each([
    [401, 'SignInRequired'],
    [403, 'HostNotAllowed'],
    [404, 'ClusterNotFound'],
  ])('is not asked for again after %i %s', async (status, code) => {
    const body = { error: { code, message: '', remedy: '', correlationId: '' } };
    const { following, refused, askedFor } = await followed([
      (answer) => answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    ]);
    await following.over;
    expect(refused).toEqual([code]);
    expect(askedFor).toHaveLength(1);
  });

  test('is opened anew at once when somebody knows that the line is back', async () => {
    const { following, askedFor, lost } = await followed(
      [(answer) => answer.destroy(), (answer) => void opened(answer).write(row('a'))],
      { retryMs: 60_000, maxRetryMs: 60_000 },
    );
    await eventually(() => expect(lost).toEqual(['broken']));
    following.reopen();
    await eventually(() => expect(askedFor).toHaveLength(2));
  });

  test('stays as it is when something was heard only just now', async () => {
    const answers: ServerResponse[] = [];
    const { following, askedFor, heard } = await followed(
      [
        (answer) => {
          answers.push(answer);
          opened(answer).write(row('a'));
        },
      ],
      { freshMs: 60_000 },
    );
    await eventually(() => expect(heard).toHaveLength(1));
    following.reopen();
    answers[0]?.end(row('b') + ended);
    await following.over;
    expect(namesOf(heard)).toEqual(['a', 'b', 'ended']);
    expect(askedFor).toHaveLength(1);
  });
});
