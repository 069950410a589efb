import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../api-error.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Refuses requests under a host name that is not the portal's (a foreign name that resolves to this computer: DNS
 * rebinding) and requests that change something but were started by another site's page.
 */
export function addHostCheck(app: FastifyInstance, allowedHosts: readonly string[]): void {
  const allowed = new Set(allowedHosts);
  app.addHook('onRequest', async (request) => {
    const host = request.headers.host?.toLowerCase() ?? '';
    const name = host.replace(/:\d+$/, '');
    if (!loopbackNames.has(name) && !allowed.has(host) && !allowed.has(name))
      throw new ApiError('HostNotAllowed', 'This portal is not available under this address.');
    if (changing.has(request.method)) checkOrigin(request, host);
  });
}

function checkOrigin(request: FastifyRequest, host: string): void {
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && hostOf(origin) !== host);
  if (foreign) throw new ApiError('OriginNotAllowed', 'This request was started by another site.');
}

function hostOf(origin: string): string | undefined {
  const match = /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase());
  return match?.[1];
}
