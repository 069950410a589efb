import { Readable } from 'node:stream';
import { heartbeatMs } from '@slipway/contract';
import type { Watcher, Watching } from './deployment-watch.ts';
import type { WatchEvent } from './watch-events.ts';

/** A reader that leaves this much unread is cut off; it comes back with its cursor. */
const maxUnreadBytes = 4 * 1024 * 1024;

/**
 * A stream in the format of server-sent events. `begin` gets the watcher to be told and answers what it holds while it
 * watches; what it throws is thrown here, before there is a stream. `alive` follows at once and then every
 * `heartbeatMs`, whatever else there is to say. The stream ends after `ended`.
 */
export async function openEventStream(begin: (watcher: Watcher) => Promise<Watching>): Promise<Readable> {
  let watching: Watching | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let over = false;
  const stream = new Readable({
    read: () => undefined,
    destroy: (error, done) => {
      over = true;
      clearInterval(heartbeat);
      watching?.leave();
      done(error);
    },
  });
  const end = () => {
    if (over) return;
    over = true;
    clearInterval(heartbeat);
    stream.push(null);
  };
  const tell = (event: WatchEvent) => {
    if (over) return;
    stream.push(formatted(event));
    if (event.event.type === 'ended') end();
    else if (stream.readableLength > maxUnreadBytes) stream.destroy();
  };
  const tellAlive = () => {
    const readAt = watching?.readAt();
    tell({ event: { type: 'alive', ...(readAt === undefined ? {} : { readAt }) } });
  };
  try {
    stream.push('retry: 1000\n\n');
    watching = await begin({ told: tell, closed: end });
  } catch (thrown) {
    stream.destroy();
    throw thrown;
  }
  // A first snapshot beyond what a reader may leave unread has ended the stream already.
  if (stream.destroyed) watching.leave();
  if (!over) heartbeat = setInterval(tellAlive, heartbeatMs);
  tellAlive();
  return stream;
}

const texts = new WeakMap<WatchEvent, string>();

/** An event as it goes over the wire; what all watchers are told is put into words once. */
function formatted(told: WatchEvent): string {
  const known = texts.get(told);
  if (known !== undefined) return known;
  const { cursor, event } = told;
  const id = cursor === undefined ? '' : `id: ${cursor}\n`;
  const text = `${id}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  texts.set(told, text);
  return text;
}
