import { type IncomingMessage, type ServerResponse, createServer, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A plain proxy: each request goes to the next backend that answers; it knows nothing of sessions. */
export interface RoundRobin {
  address: string;
  /** How many requests each backend has answered, in the order of the ports. */
  given: readonly number[];
  close: () => Promise<void>;
}

/** Starts the proxy in front of backends on these ports of 127.0.0.1. */
export async function startRoundRobin(ports: readonly number[]): Promise<RoundRobin> {
  const given = ports.map(() => 0);
  let turn = 0;

  const pass = (
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    first: number,
    tried = 0,
  ) => {
    const index = (first + tried) % ports.length;
    const { method = 'GET', url = '/', headers } = incoming;
    const onward = request(
      { host: '127.0.0.1', port: ports[index], method, path: url, headers, agent: false },
      (answer) => {
        given[index]! += 1;
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
        answer.once('close', () => {
          if (!answer.complete) outgoing.destroy();
        });
      },
    );
    onward.once('error', (error: Error & { code?: string }) => {
      if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy();
      // As proxies do: what was not received, or only reads, may go to another one.
      else if ((error.code === 'ECONNREFUSED' || method === 'GET') && tried + 1 < ports.length)
        pass(incoming, body, outgoing, first, tried + 1);
      else outgoing.writeHead(502).end();
    });
    outgoing.once('close', () => onward.destroy());
    onward.end(body);
  };

  const server = createServer((incoming, outgoing) => {
    buffer(incoming).then(
      (body) => pass(incoming, body, outgoing, (turn += 1)),
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port.');
  return {
    address: `http://127.0.0.1:${address.port}`,
    given,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
