import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { handleUnknownAddress } from './error-handler.ts';
import { nonceOf } from './security/content-security.ts';

const noncePlaceholder = '__CSP_NONCE__';

/** What is made anew for every request is compressed as hard as costs no time; the first that the browser takes is used. */
const compressions = [
  [
    'br',
    (text: string) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  ],
  ['gzip', (text: string) => promisify(gzip)(text)],
] as const;

/**
 * Serves the built portal: hashed assets for good, compressed where the browser takes it, and the page itself for every other address outside /api, with
 * this request's nonce in its script and style tags.
 */
export async function addPortalFiles(app: FastifyInstance, portalDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: path.join(portalDir, 'assets'),
    prefix: '/assets/',
    immutable: true,
    // The build lays a Brotli and a gzip form beside what is worth it.
    preCompressed: true,
    maxAge: '365d',
    decorateReply: false,
    index: false,
    wildcard: true,
  });
  await app.register(fastifyStatic, {
    root: portalDir,
    prefix: '/',
    serve: false,
    index: false,
  });

  app.setNotFoundHandler(async (request, reply) => {
    const address = request.url.split('?', 1)[0] ?? '/';
    const readable = request.method === 'GET' || request.method === 'HEAD';
    if (!readable || address === '/api' || address.startsWith('/api/') || address.startsWith('/assets/'))
      return handleUnknownAddress(request, reply);
    if (/^\/[\w-]+\.(?:svg|png|ico|txt|webmanifest|json|js)$/.test(address))
      return reply.header('cache-control', 'max-age=3600').sendFile(address.slice(1));
    return sendPage(portalDir, request, reply);
  });
}

async function sendPage(
  portalDir: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  let page: string;
  try {
    page = await readFile(path.join(portalDir, 'index.html'), 'utf8');
  } catch (thrown) {
    request.log.error({ err: thrown }, 'The built portal is missing.');
    return reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .send('The portal has not been built yet: run "npm start", which builds it, and reload this page.');
  }
  // Kept nowhere: its nonce is for once, and after an update its scripts would be gone.
  void reply
    .header('cache-control', 'no-store')
    .header('vary', 'accept-encoding')
    .type('text/html; charset=utf-8');
  const html = page.replaceAll(noncePlaceholder, nonceOf(request.raw));
  for (const [coding, compress] of compressions) {
    if (takes(request, coding)) return reply.header('content-encoding', coding).send(await compress(html));
  }
  return reply.send(html);
}

/** Whether the browser takes a form: it names it, and not with a weight of nothing. */
const takes = (request: FastifyRequest, coding: string): boolean =>
  new RegExp(`(?:^|,)\\s*${coding}\\s*(?:;(?!\\s*q=0(?:\\.0*)?\\s*(?:,|$))|,|$)`, 'i').test(
    request.headers['accept-encoding'] ?? '',
  );
