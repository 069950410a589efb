import type { FastifyInstance, FastifyRequest } from 'fastify';
import { routes } from '@slipway/contract';
import { ApiError } from '../api-error.ts';

const windowMs = 60_000;

/** What kinds of requests are counted, and which part of the limit for reads each has: what costs ARM more has less. */
const shares = { read: 1, check: 1 / 5, change: 1 / 10 } as const;
type Kind = keyof typeof shares;

const words: Readonly<Record<Kind, string>> = {
  read: 'requests',
  check: 'checks',
  change: 'changes',
};

/**
 * Limits how many requests of the API a client may send in a minute; needs `@fastify/rate-limit`. Counted apart are
 * reads (all of the limit), checks (validation, DNS names, entrances: a fifth) and changes (a tenth). What is refused says
 * when it can be tried again, also in `Retry-After`. Each process counts for itself.
 */
export function addRequestLimits(
  app: FastifyInstance,
  {
    requestsPerMinute,
    clientOf,
  }: { requestsPerMinute: number; clientOf: (request: FastifyRequest) => string },
): void {
  const limiterOf = (kind: Kind) =>
    app.createRateLimit({
      max: Math.ceil(requestsPerMinute * shares[kind]),
      timeWindow: windowMs,
      keyGenerator: clientOf,
    });
  const limiters = { read: limiterOf('read'), check: limiterOf('check'), change: limiterOf('change') };
  app.addHook('onRequest', async (request) => {
    const kind = kindOf(request);
    if (kind === undefined) return;
    const found = await limiters[kind](request);
    if (found.isAllowed || !found.isExceeded) return;
    const seconds = Math.max(1, found.ttlInSeconds);
    throw new ApiError(
      'TooManyRequests',
      `More than ${found.max} ${words[kind]} came from you within a minute. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
      { retryAfterMs: seconds * 1000 },
    );
  });
}

const uncounted = new Set<string>([routes.health(), routes.session(), routes.signIn(), routes.signOut()]);

/** `undefined` for what is not counted: pages and their files, and what only the session is asked for. */
function kindOf(request: FastifyRequest): Kind | undefined {
  const address = request.url.split('?', 1)[0] ?? '';
  if (!address.startsWith('/api/') || uncounted.has(address)) return undefined;
  if (
    address === routes.validateCluster() ||
    address.endsWith('/dns-availability') ||
    isEntranceCheck(address)
  )
    return 'check';
  return request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'change';
}

/** A cluster may be called `check`, in a group that is called `connect`. */
const isEntranceCheck = (address: string): boolean =>
  /^\/api\/clusters(?:\/[^/]+){3}\/connect\/check$/.test(address);
