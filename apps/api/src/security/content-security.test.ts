import { readFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { routes } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, makeFolder, startApi } from '../../test/portal.test-support.ts';

const portalSource = path.resolve(import.meta.dirname, '../../../portal/index.html');

let folder: Awaited<ReturnType<typeof makeFolder>>;
let api: RunningApi;
beforeAll(async () => {
  folder = await makeFolder();
  const portalDir = path.join(folder.folder, 'portal');
  await mkdir(path.join(portalDir, 'assets'), { recursive: true });
  // The portal's own page, with the placeholder that its build gives to every script and style tag.
  const page = await readFile(portalSource, 'utf8');
  await writeFile(
    path.join(portalDir, 'index.html'),
    page.replaceAll(/<(script|style|link rel="stylesheet")/g, '<$1 nonce="__CSP_NONCE__"'),
  );
  api = await startApi({ portalDir, dataDir: folder.folder });
});
afterAll(async () => {
  await api.close();
  await folder.remove();
});

const directivesOf = (answer: Response) =>
  new Map(
    (answer.headers.get('content-security-policy') ?? '').split(';').map((directive): [string, string[]] => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );

describe('the content security policy', () => {
  it.each(['/', '/create', routes.health(), routes.clusters(), '/api/nothing', '/assets/none.js'])(
    'of %s allows nothing but the own files and what carries the nonce of this one answer',
    async (address) => {
      const nonces = new Set<string>();
      for (let turn = 0; turn < 5; turn += 1) {
        const answer = await api.fetch(address);
        const directives = directivesOf(answer);
        expect(directives.get('default-src')).toEqual(["'none'"]);
        expect(directives.get('base-uri')).toEqual(["'none'"]);
        expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
        expect(directives.get('connect-src')).toEqual(["'self'"]);
        expect(directives.get('form-action')).toEqual(["'self'"]);
        for (const name of ['script-src', 'style-src']) {
          const sources = directives.get(name) ?? [];
          expect(sources).toHaveLength(2);
          expect(sources[0]).toBe("'self'");
          expect(sources[1]).toMatch(/^'nonce-[A-Za-z0-9+/]{22}=='$/);
          nonces.add(`${name} ${sources[1]}`);
        }
        for (const sources of directives.values())
          for (const source of sources) expect(source).not.toMatch(/unsafe|\*|^https?:|blob:/);
        await answer.text();
      }
      expect(nonces.size).toBe(10);
    },
  );

  it('comes with the headers that keep answers from being taken for something else', async () => {
    for (const address of ['/', routes.health()]) {
      const { headers } = await api.fetch(address);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

describe('the page', () => {
  it('has no script and no style of its own, no handlers, and the nonce on every tag that needs one', async () => {
    const answer = await api.fetch('/');
    const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '';
    const html = await answer.text();
    const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, attributes = '', content = ''] of scripts) {
      expect(content.trim()).toBe('');
      expect(attributes).toMatch(/\bsrc="\//);
      expect(attributes).toContain(`nonce="${nonce}"`);
    }
    expect(html).not.toMatch(/<style\b[^>]*>[^<]*\S/i);
    expect(html).not.toMatch(/\son\w+\s*=/i);
    expect(html).not.toMatch(/\sstyle\s*=/i);
    expect(html).not.toMatch(/javascript:/i);
    expect(html).not.toContain('__CSP_NONCE__');
  });
});
