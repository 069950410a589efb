import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ApiProblem, isDeploymentRunning, isPassing, rememberCsrfToken, request } from './client.ts';

const refused = (code: string, armCode?: string): ApiProblem =>
  new ApiProblem(409, {
    code,
    message: '',
    remedy: '',
    correlationId: '',
    ...(armCode ? { arm: { code: armCode, message: '' } } : {}),
  });

describe('a request to the API', () => {
  const heard: { method: string | undefined; csrf: unknown; body: string }[] = [];
  const server = createServer((incoming, answer) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      heard.push({ method: incoming.method, csrf: incoming.headers['x-slipway-csrf'], body });
      const [status, text] = answers[incoming.url ?? ''] ?? [404, ''];
      answer.writeHead(status, { 'content-type': 'application/json' }).end(text);
    });
  });
  const answers: Record<string, [number, string]> = {
    '/good': [200, '{"name":"orders"}'],
    '/other': [200, '{"name":7}'],
    '/refused': [
      409,
      '{"error":{"code":"ClusterNameTaken","message":"Taken.","remedy":"Choose another.","correlationId":"c1","fields":[{"path":"basics.serviceName","message":"Taken."}]}}',
    ],
    '/proxy': [502, '<html>Bad gateway</html>'],
  };
  const schema = z.object({ name: z.string() });
  let base = '';
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  const problemAt = async (address: string): Promise<ApiProblem> => {
    const thrown: unknown = await request(address, schema).catch((error: unknown) => error);
    if (thrown instanceof ApiProblem) return thrown;
    throw new Error('The request did not fail as a problem.');
  };

  test('gives the parsed answer', async () => {
    expect(await request(`${base}/good`, schema)).toEqual({ name: 'orders' });
  });

  test('sends the CSRF token with what changes something, and only then', async () => {
    rememberCsrfToken('token');
    heard.length = 0;
    await request(`${base}/good`, schema, { method: 'POST', body: { a: 1 } });
    await request(`${base}/good`, schema);
    expect(heard).toEqual([
      { method: 'POST', csrf: 'token', body: '{"a":1}' },
      { method: 'GET', csrf: undefined, body: '' },
    ]);
  });

  test('fails with what the API said was wrong', async () => {
    const problem = await problemAt(`${base}/refused`);
    expect(problem).toMatchObject({
      status: 409,
      code: 'ClusterNameTaken',
      remedy: 'Choose another.',
      correlationId: 'c1',
      fields: [{ path: 'basics.serviceName', message: 'Taken.' }],
    });
    expect(isPassing(problem)).toBe(false);
  });

  test('fails with a remedy when the answer is of another shape, or no answer of the API', async () => {
    expect((await problemAt(`${base}/other`)).code).toBe('UnreadableAnswer');
    const proxy = await problemAt(`${base}/proxy`);
    expect(proxy.message).toContain('502');
    expect(isPassing(proxy)).toBe(true);
  });

  test('fails with a remedy when nobody answers', async () => {
    const problem = await problemAt('http://127.0.0.1:9/nobody');
    expect(problem).toMatchObject({ code: 'NoConnection', status: 0 });
    expect(isPassing(problem)).toBe(true);
  });

  test('a delete refused because of a running deployment is told apart from other refusals', () => {
    expect(isDeploymentRunning(refused('DeploymentRunning'))).toBe(true);
    expect(isDeploymentRunning(refused('ArmError', 'DeploymentStackInNonTerminalState'))).toBe(true);
    expect(isDeploymentRunning(refused('ArmError', 'AuthorizationFailed'))).toBe(false);
    expect(isDeploymentRunning(new Error('other'))).toBe(false);
  });

  test('lets an abort through as it is', async () => {
    const gone = AbortSignal.abort();
    await expect(request(`${base}/good`, schema, { signal: gone })).rejects.not.toBeInstanceOf(ApiProblem);
  });
});
