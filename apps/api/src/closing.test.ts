import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, startApi } from '../test/portal.test-support.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(() => folder.remove());

describe('the backend', () => {
  it('stops although a browser keeps a connection that it has not used', async () => {
    const api = await startApi({ dataDir: folder.folder });
    const socket = connect(Number(new URL(api.address).port), '127.0.0.1');
    await once(socket, 'connect');
    // The server has seen the connection when it has answered another one that came later.
    await api.session();
    const cut = once(socket.resume(), 'close');
    await api.close();
    await cut;
    expect(socket.destroyed).toBe(true);
  });
});
