import { Readable } from 'node:stream';
import type { WatchEvent, Watcher } from './watch-hub.ts';

const heartbeatMs = 15_000;
/** A reader that leaves this much unread is cut off; it comes back with its cursor. */
const maxUnreadBytes = 4 * 1024 * 1024;

/**
 * A stream in the format of server-sent events. `begin` gets the watcher to be told and answers how to stop; what it
 * throws is thrown here, before there is a stream. The stream ends after `ended`; comments keep it alive till then.
 */
export async function openEventStream(begin: (watcher: Watcher) => Promise<() => void>): Promise<Readable> {
  let leave: (() => void) | undefined;
  let gone = false;
  const heartbeat = setInterval(() => stream.push(': alive\n\n'), heartbeatMs);
  const stream = new Readable({
    read: () => undefined,
    destroy: (error, done) => {
      gone = true;
      clearInterval(heartbeat);
      leave?.();
      done(error);
    },
  });
  const watcher: Watcher = {
    told: (event) => {
      if (gone) return;
      stream.push(formatEvent(event));
      if (event.event.type === 'ended') stream.push(null);
      else if (stream.readableLength > maxUnreadBytes) stream.destroy();
    },
    closed: () => {
      if (!gone) stream.push(null);
    },
  };
  try {
    stream.push('retry: 1000\n\n');
    leave = await begin(watcher);
  } catch (thrown) {
    stream.destroy();
    throw thrown;
  }
  return stream;
}

function formatEvent({ cursor, event }: WatchEvent): string {
  const id = cursor === undefined ? '' : `id: ${cursor}\n`;
  return `${id}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
