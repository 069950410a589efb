import { type ClusterPath, type StreamEvent, routes, streamEventSchema } from '@slipway/contract';
import { type ApiProblem, isFinalRefusal, problemOf } from './client.ts';
import { createEventReader } from './event-reader.ts';

/** What a stream tells besides its events. */
export interface StreamListener {
  received: (event: StreamEvent) => void;
  /**
   * Nothing comes any more; the stream is opened anew by itself. `silent`: the connection looks open, or could be opened,
   * and yet nothing was heard for so long that something on the way must be keeping it.
   */
  lost: (how: 'broken' | 'silent') => void;
  /** The server has said no: it is not asked again. */
  refused: (problem: ApiProblem) => void;
}

/** A stream that is being followed. */
export interface Following {
  stop: () => void;
  /** Opens the stream anew at once, unless something was heard only just now. */
  reopen: () => void;
  /** Fulfilled when nothing more is asked: the stream has ended, was refused, or was stopped. */
  over: Promise<void>;
}

/** How patient a reader of the stream is, in milliseconds. */
export interface StreamPatience {
  /** Without a sign of life for so long the line counts as lost; the server gives one every two seconds. */
  silentMs: number;
  /** The server reads the cloud before it opens the stream, and a slow cloud takes its time. */
  openMs: number;
  /** Between two attempts, the first time; each further time it doubles. */
  retryMs: number;
  maxRetryMs: number;
  /** What was heard so lately needs no new connection. */
  freshMs: number;
}

const patience: StreamPatience = {
  silentMs: 5_000,
  openMs: 45_000,
  retryMs: 500,
  maxRetryMs: 8_000,
  freshMs: 3_000,
};

/**
 * Follows the progress of a cluster's deployment until it ends, is refused, or is stopped. After a cut the server is told
 * the cursor of the last event that arrived, and goes on there or sends a fresh snapshot: nothing is lost or doubled.
 */
export const followDeployment = (path: ClusterPath, listener: StreamListener): Following =>
  followStream(routes.clusterDeploymentEvents(path), listener, patience);

/** Follows the stream of events at an address; see `followDeployment`. */
export function followStream(
  address: string,
  listener: StreamListener,
  { silentMs, openMs, retryMs, maxRetryMs, freshMs }: StreamPatience,
): Following {
  const stopping = new AbortController();
  let cursor: string | undefined;
  let heardAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let cutShort: (() => void) | undefined;

  /** Reads one connection to its end. Answers how it ended. */
  const readOnce = async (): Promise<'over' | 'broken' | 'silent' | 'hurried'> => {
    const connection = new AbortController();
    let cut: 'broken' | 'silent' | 'hurried' = 'broken';
    const cutAfter = (delayMs: number): ReturnType<typeof setTimeout> =>
      setTimeout(() => {
        cut = 'silent';
        connection.abort();
      }, delayMs);
    const stop = (): void => connection.abort();
    stopping.signal.addEventListener('abort', stop);
    cutShort = () => {
      cut = 'hurried';
      connection.abort();
    };
    let timer = cutAfter(openMs);
    try {
      const response = await fetch(address, {
        headers: {
          accept: 'text/event-stream',
          ...(cursor === undefined ? {} : { 'last-event-id': cursor }),
        },
        credentials: 'same-origin',
        cache: 'no-store',
        signal: connection.signal,
      });
      clearTimeout(timer);
      if (!response.ok) {
        const problem = await problemOf(response);
        if (!isFinalRefusal(problem)) return 'broken';
        listener.refused(problem);
        return 'over';
      }
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
      if (!isStream || !response.body) return 'broken';
      timer = cutAfter(silentMs);
      const read = createEventReader();
      for await (const text of textOf(response.body)) {
        clearTimeout(timer);
        timer = cutAfter(silentMs);
        heardAt = Date.now();
        for (const { id, data } of read(text)) {
          const parsed = streamEventSchema.safeParse(readJson(data));
          // An event of a later version of the server says nothing to this page.
          if (!parsed.success) continue;
          failures = 0;
          listener.received(parsed.data);
          if (id !== undefined) cursor = id;
          if (parsed.data.type === 'ended') return 'over';
        }
      }
      return 'broken';
    } catch {
      return cut;
    } finally {
      clearTimeout(timer);
      stopping.signal.removeEventListener('abort', stop);
      connection.abort();
    }
  };

  const pause = (delayMs: number): Promise<void> =>
    new Promise((resume) => {
      const timer = setTimeout(resume, delayMs);
      cutShort = () => {
        clearTimeout(timer);
        resume();
      };
    });

  const follow = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const end = await readOnce();
      if (end === 'over' || stopping.signal.aborted) return;
      if (end === 'hurried') continue;
      listener.lost(end);
      await pause(Math.min(maxRetryMs, retryMs * 2 ** failures));
      failures += 1;
    }
  };
  return {
    over: follow(),
    stop: () => {
      stopping.abort();
      cutShort?.();
    },
    reopen: () => {
      if (Date.now() - heardAt < freshMs) return;
      failures = 0;
      cutShort?.();
    },
  };
}

async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield decoder.decode(value, { stream: true });
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
