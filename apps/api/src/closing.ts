import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Who is being answered when the backend stops has this long to take the answer. */
const graceMs = 5_000;

/**
 * Lets the app close in bounded time. Node waits for every connection, also for those that a browser has opened in
 * advance and not used (they are cut at once) and for readers who read no more (they are cut after five seconds).
 */
export function closeInTime(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.addHook('preClose', (done) => {
    for (const socket of unused) socket.destroy();
    setTimeout(() => app.server.closeAllConnections(), graceMs).unref();
    done();
  });
}
