import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from './api-error.ts';

/**
 * Takes bodies that are JSON in UTF-8, uncompressed, and nothing else: what announces or is another encoding is refused
 * instead of being read as something that it is not.
 */
export function addJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = readText(request, body);
    if (text instanceof ApiError) done(text);
    else void parse(request, text, done);
  });
}

function readText(request: FastifyRequest, body: string | Buffer): string | ApiError {
  const compression = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (compression !== 'identity')
    return new ApiError('UnsupportedMediaType', 'The body must not be compressed (content-encoding).');
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    return new ApiError('UnsupportedMediaType', 'The body must be in UTF-8.');
  if (typeof body === 'string') return body;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new ApiError('InvalidRequest', 'The body is not in UTF-8.', {
      fields: [{ path: 'body', message: 'These bytes are no UTF-8.' }],
    });
  }
}
