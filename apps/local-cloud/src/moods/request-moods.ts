import { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { refuseExpired } from '../front/bearer.ts';
import type { FrontRequest, FrontServer } from '../front/front.ts';
import { moodError, retryAfterOf } from './mood-errors.ts';
import type { RequestMood } from './mood-set.ts';
import type { Moods } from './moods.ts';

const minuteMs = 60_000;

/**
 * Lets moods strike the requests of a server. A status, an expired token and a reset come instead of what was asked
 * for, before anything is looked at; with a lost or late answer it is carried out at once, and then the connection is
 * cut or the answer held back.
 */
export function applyRequestMoods(server: FrontServer, moods: Moods, clock: Clock): void {
  const struck = new WeakMap<FrontRequest, RequestMood>();
  const connections = new Connections(server);
  const pauses = new Pauses(clock);
  server.addHook('preClose', async () => pauses.endAll());

  server.addHook('preParsing', async (request, reply) => {
    const mood = moods.strikeRequest(request.method, pathOf(request.url));
    if (!mood) return;
    const now = clock.now();
    switch (mood.mood) {
      case 'status': {
        const retryAfter = retryAfterOf(mood);
        if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
        throw moodError(mood, { method: request.method, trackingId: request.id, now });
      }
      case 'expired-token':
        return refuseExpired(
          reply,
          `https://${request.headers.host ?? 'localhost'}`,
          new Date(now.getTime() - minuteMs),
          now,
        );
      case 'reset':
        connections.reset(request.raw.socket);
        reply.hijack();
        return;
      case 'lost-answer':
      case 'slow':
        struck.set(request, mood);
    }
  });

  server.addHook('onSend', async (request) => {
    const mood = struck.get(request);
    if (mood?.mood === 'lost-answer') connections.reset(request.raw.socket);
    if (mood?.mood === 'slow') await pauses.pause(mood.delayMs);
  });
}

const pathOf = (url: string): string => decoded(url.replace(/[?#].*$/s, '').replaceAll(/\/{2,}/g, '/'));

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Knows the TCP connection under each TLS connection: only that can be reset. */
class Connections {
  readonly #open = new Map<string, Socket>();

  constructor({ server }: FrontServer) {
    server.on('connection', (connection) => {
      if (!(connection instanceof Socket)) return;
      const key = keyOf(connection);
      this.#open.set(key, connection);
      connection.once('close', () => {
        if (this.#open.get(key) === connection) this.#open.delete(key);
      });
    });
  }

  /** Ends a connection with a reset, so that nothing more arrives at the other end. */
  reset(secured: Socket): void {
    this.#open.get(keyOf(secured))?.resetAndDestroy();
    secured.destroy();
  }
}

const keyOf = (socket: Socket): string => `${socket.remoteAddress ?? ''} ${socket.remotePort ?? 0}`;

/** Pauses that can all be ended at once. */
class Pauses {
  readonly #clock: Clock;
  readonly #running = new Set<() => void>();
  #areOver = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  pause(delayMs: number): Promise<void> {
    if (this.#areOver) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        this.#running.delete(end);
        cancel();
        resolve();
      };
      const cancel = this.#clock.schedule(delayMs, end);
      this.#running.add(end);
    });
  }

  /** Ends all pauses; there are no more. */
  endAll(): void {
    this.#areOver = true;
    for (const end of Array.from(this.#running)) end();
  }
}
