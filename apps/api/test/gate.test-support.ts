import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as httpsRequest } from 'node:https';
import path from 'node:path';
import { type RunningCloud, freePort } from './portal.test-support.ts';

/** What passes the gate. */
export interface GateRequest {
  method: string;
  path: string;
}

/**
 * A way to the local cloud on which something can happen just before a request arrives there: what others do between
 * two requests of the backend. It shows the cloud's own certificate.
 */
export async function startGate(
  cloud: RunningCloud,
  before: (request: GateRequest) => Promise<void>,
): Promise<{ settings: RunningCloud['settings']; close: () => Promise<void> }> {
  const folder = path.join(cloud.settings.dataDir, 'local-cloud');
  const server = createServer({
    cert: cloud.certificatePem,
    key: await readFile(path.join(folder, 'certificate-key.pem'), 'utf8'),
  });
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET', url = '/', headers } = incoming;
    await before({ method, path: url.split('?', 1)[0] ?? '' });
    const onward = httpsRequest(
      `${cloud.endpoint}${url}`,
      { method, headers: { ...headers, host: new URL(cloud.endpoint).host }, ca: cloud.certificatePem },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };
  server.on('request', (incoming, outgoing) => {
    pass(incoming, outgoing).catch((thrown: unknown) => outgoing.destroy(thrown as Error));
  });
  const port = await freePort();
  await new Promise<void>((listening) => server.listen(port, 'localhost', listening));
  return {
    settings: { ...cloud.settings, armPort: port },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
