import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../api-error.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const reading = new Set(['GET', 'HEAD']);

/**
 * Refuses requests under a host name that is not the portal's (a foreign name that resolves to this computer: DNS
 * rebinding), and requests of the API that another site's page has started, reads as well: a foreign page cannot see
 * their answers, but it could keep the portal and ARM busy. Following a link to the portal is no such request.
 */
export function addHostCheck(app: FastifyInstance, allowedHosts: readonly string[]): void {
  const allowed = new Set(allowedHosts);
  app.addHook('onRequest', async (request) => {
    const host = request.headers.host?.toLowerCase() ?? '';
    const name = host.replace(/:\d+$/, '');
    if (!loopbackNames.has(name) && !allowed.has(host) && !allowed.has(name))
      throw new ApiError('HostNotAllowed', 'This portal is not available under this address.');
    const isPage = reading.has(request.method) && !request.url.startsWith('/api/');
    if (!isPage && isForeign(request, host) && !isNavigation(request))
      throw new ApiError('OriginNotAllowed', 'This request was started by another site.');
  });
}

function isForeign(request: FastifyRequest, host: string): boolean {
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  return (
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && hostOf(origin) !== host)
  );
}

/** Somebody follows a link in a window of the browser; only a browser can say so, a page's script cannot. */
const isNavigation = ({ method, headers }: FastifyRequest): boolean =>
  reading.has(method) &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document' &&
  headers.origin === undefined;

function hostOf(origin: string): string | undefined {
  const match = /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase());
  return match?.[1];
}
