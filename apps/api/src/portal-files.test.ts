import { brotliCompressSync } from 'node:zlib';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, makeFolder, startApi } from '../test/portal.test-support.ts';

const page =
  '<!doctype html><script nonce="__CSP_NONCE__" src="/assets/a.js"></script><style nonce="__CSP_NONCE__"></style>';

describe('the portal', () => {
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let api: RunningApi;
  beforeAll(async () => {
    folder = await makeFolder();
    const portalDir = path.join(folder.folder, 'portal');
    await mkdir(path.join(portalDir, 'assets'), { recursive: true });
    await writeFile(path.join(portalDir, 'index.html'), page);
    await writeFile(path.join(portalDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(path.join(portalDir, 'assets', 'a.js'), 'export {};');
    await writeFile(path.join(portalDir, 'assets', 'a.js.br'), brotliCompressSync('export {};'));
    await writeFile(path.join(folder.folder, 'secret.txt'), 'not to be served');
    api = await startApi({ portalDir, dataDir: folder.folder });
  });
  afterAll(async () => {
    await api.close();
    await folder.remove();
  });

  it('serves the compressed form of a script to a browser that takes it, and only to that', async () => {
    const compressed = await api.fetch('/assets/a.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(compressed.headers.get('content-encoding')).toBe('br');
    expect(compressed.headers.get('content-type')).toMatch(/javascript/);
    expect(compressed.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(await compressed.text()).toBe('export {};');
    const plain = await api.fetch('/assets/a.js', { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe('export {};');
  });

  it.each(['/', '/create', '/clusters/1111/rg/my.cluster/topology', '/index.html'])(
    'serves the page at %s with a nonce that the content security policy names',
    async (address) => {
      const answer = await api.fetch(address);
      const text = await answer.text();
      const nonce = /script nonce="([^"]+)"/.exec(text)?.[1] ?? 'none';
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(text).not.toContain('__CSP_NONCE__');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain("frame-ancestors 'none'");
    },
  );

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['identity', null],
  ])('serves the page to a browser that takes %s as %s', async (accepted, coding) => {
    const answer = await api.fetch('/', { headers: { 'accept-encoding': accepted } });
    expect(answer.headers.get('content-encoding')).toBe(coding);
    expect(answer.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(await answer.text()).toMatch(/^<!doctype html>.*<\/style>$/);
  });

  it('makes a new nonce for every request', async () => {
    const [one, other] = await Promise.all([api.fetch('/'), api.fetch('/')]);
    expect(await one.text()).not.toBe(await other.text());
  });

  it('lets browsers keep hashed assets for good, and other files for a while', async () => {
    const asset = await api.fetch('/assets/a.js');
    expect(asset.status).toBe(200);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const icon = await api.fetch('/favicon.svg');
    expect(icon.headers.get('content-type')).toContain('image/svg+xml');
  });

  it.each([
    '/assets/gone.js',
    '/gone.svg',
    '/assets/..%2f..%2fsecret.txt',
    '/..%2fsecret.txt',
    '/api',
    '/api/nothing',
  ])('has nothing at %s', async (address) => {
    const answer = await api.fetch(address);
    expect(await answer.text()).not.toContain('not to be served');
    if (address.startsWith('/..')) return;
    expect(answer.status).toBe(404);
  });

  it('says what to do when it was not built', async () => {
    const unbuilt = await startApi({ portalDir: path.join(folder.folder, 'none'), dataDir: folder.folder });
    try {
      const answer = await unbuilt.fetch('/');
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain('npm start');
    } finally {
      await unbuilt.close();
    }
  });
});
