import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { handleUnknownAddress } from './error-handler.ts';
import { nonceOf } from './security/content-security.ts';

const noncePlaceholder = '__CSP_NONCE__';

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
  return reply
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page.replaceAll(noncePlaceholder, nonceOf(request.raw)));
}
