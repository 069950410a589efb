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

/** An answer that the gate gives itself. */
export interface GateAnswer {
  status: number;
  /** As it is; otherwise JSON. */
  body: unknown;
  headers?: Record<string, string>;
}

/**
 * A way to the local cloud on which something can happen just before a request arrives there: what others do between
 * two requests of the backend. It shows the cloud's own certificate.
 *
 * @param before may answer in the cloud's place
 * @param change says what becomes of an answer's body on the way back
 */
export async function startGate(
  cloud: RunningCloud,
  before: (request: GateRequest) => Promise<GateAnswer | void>,
  change?: (request: GateRequest, body: string) => string,
): Promise<{ settings: RunningCloud['settings']; close: () => Promise<void> }> {
  const folder = path.join(cloud.settings.dataDir, 'local-cloud');
  const server = createServer({
    cert: cloud.certificatePem,
    key: await readFile(path.join(folder, 'certificate-key.pem'), 'utf8'),
  });
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const request = { method, path: url.split('?', 1)[0] ?? '' };
    const own = await before(request);
    if (own) {
      incoming.resume();
      outgoing.writeHead(own.status, { 'content-type': 'application/json', ...own.headers });
      outgoing.end(typeof own.body === 'string' ? own.body : JSON.stringify(own.body));
      return;
    }
    const onward = httpsRequest(
      `${cloud.endpoint}${url}`,
      { method, headers: { ...headers, host: new URL(cloud.endpoint).host }, ca: cloud.certificatePem },
      (answer) => {
        const { 'content-length': _length, ...kept } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, change ? kept : answer.headers);
        if (!change) {
          answer.pipe(outgoing);
          return;
        }
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => outgoing.end(change(request, text)));
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
