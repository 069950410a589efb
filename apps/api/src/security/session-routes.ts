import { csrfHeader, routes, sessionSchema, signInRequestSchema } from '@slipway/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { describeCloud } from '../arm/cloud-description.ts';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { SessionKey, SessionTicket } from './session-key.ts';

const cookieName = 'slipway_session';
const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** What may be read without a sign-in: whether one is needed, and whether the backend lives. */
const openAddresses = new Set<string>([routes.session(), routes.signIn(), routes.signOut(), routes.health()]);

interface SessionDeps {
  sessionKey: SessionKey;
  signInRequired: boolean;
  arm: Arm;
}

/** Asks for a sign-in (where one is set up) and, on every route that changes something, for the CSRF token. */
export function addSessionCheck(app: ApiInstance, deps: SessionDeps): void {
  app.addHook('onRequest', async (request) => {
    const address = request.url.split('?', 1)[0] ?? '';
    if (!address.startsWith('/api/')) return;
    const ticket = ticketOf(request, deps.sessionKey);
    if (deps.signInRequired && !ticket?.signedIn && !openAddresses.has(address))
      throw new ApiError('SignInRequired', 'This portal asks for a sign-in.');
    if (!changing.has(request.method)) return;
    const token = request.headers[csrfHeader];
    if (!ticket || typeof token !== 'string' || !deps.sessionKey.csrfTokenMatches(ticket, token))
      throw new ApiError('CsrfTokenInvalid', 'The request carries no valid CSRF token.');
  });
}

/**
 * Names the client that a request comes from, for what is counted per client: the session of a person who has signed
 * in, otherwise the address (a session without a sign-in is to be had for nothing).
 */
export function createClientOf(deps: Pick<SessionDeps, 'sessionKey' | 'signInRequired'>) {
  return (request: FastifyRequest): string => {
    const ticket = deps.signInRequired ? ticketOf(request, deps.sessionKey) : undefined;
    return ticket?.signedIn ? `session ${ticket.id}` : `address ${request.ip}`;
  };
}

/** The session: its CSRF token and the cloud, signing in, signing out. */
export function addSessionRoutes(app: ApiInstance, deps: SessionDeps): void {
  const answer = async (ticket: SessionTicket) => {
    const signedIn = !deps.signInRequired || ticket.signedIn;
    return {
      signInRequired: deps.signInRequired,
      signedIn,
      csrfToken: deps.sessionKey.csrfToken(ticket),
      ...(signedIn ? { cloud: await describeCloud(deps.arm) } : {}),
    };
  };

  app.get(
    routes.session(),
    {
      schema: {
        tags: ['Session'],
        summary: 'The session, its CSRF token and the cloud',
        response: withErrors({ 200: sessionSchema }),
      },
    },
    async (request, reply) =>
      answer(ticketOf(request, deps.sessionKey) ?? startSession(request, reply, deps, false)),
  );

  app.post(
    routes.signIn(),
    {
      schema: {
        tags: ['Session'],
        summary: 'Sign in with the access secret',
        body: signInRequestSchema,
        response: withErrors({ 200: sessionSchema }),
      },
      config: { rateLimit: { max: 5, timeWindow: 60_000 } },
    },
    async (request, reply) => {
      if (deps.signInRequired && !deps.sessionKey.secretMatches(request.body.secret))
        throw new ApiError('WrongAccessSecret', 'The access secret is wrong.');
      return answer(startSession(request, reply, deps, true));
    },
  );

  app.post(
    routes.signOut(),
    { schema: { tags: ['Session'], summary: 'Sign out', response: withErrors({ 200: sessionSchema }) } },
    async (request, reply) => answer(startSession(request, reply, deps, false)),
  );
}

function ticketOf(request: FastifyRequest, sessionKey: SessionKey): SessionTicket | undefined {
  return sessionKey.read(request.cookies[cookieName]);
}

function startSession(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: SessionDeps,
  signedIn: boolean,
): SessionTicket {
  const { cookie, ticket, maxAgeSeconds } = deps.sessionKey.issue(signedIn);
  void reply.setCookie(cookieName, cookie, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    maxAge: maxAgeSeconds,
    // A proxy that ends TLS says so; a lie would only make the cookie stricter.
    secure: request.headers['x-forwarded-proto'] === 'https',
  });
  return ticket;
}
