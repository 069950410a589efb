import { randomUUID } from 'node:crypto';
import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteGenericInterface,
} from 'fastify';
import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import { asArmError, errorBody } from '../error-body.ts';
import type { AccessTokens } from '../identity/access-tokens.ts';
import { writeJson } from '../json-text.ts';
import type { Moods } from '../moods/moods.ts';
import { requestsThrottled } from '../moods/mood-errors.ts';
import { applyRequestMoods } from '../moods/request-moods.ts';
import type { LocalCloudSettings } from '../settings.ts';
import type { ArmAnswer, ArmCall, ArmRoute, Method } from './arm-call.ts';
import { checkApiVersion } from './api-version.ts';
import { checkBearer } from './bearer.ts';
import { isOwnHost } from './host-check.ts';
import { readRequestBody } from './request-body.ts';
import { RequestBudget } from './request-budget.ts';
import { RequestLog } from './request-log.ts';
import { pathSegments, RouteTable, type RouteMatch } from './route-table.ts';

/** A template and its parameters may have 4 MB each; the rest is for the envelope. */
const bodyLimitBytes = 9 * 1024 * 1024;
const longestUrl = 16_384;
const longestClientRequestId = 128;
const methods: readonly Method[] = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'];
const jsonType = 'application/json; charset=utf-8';
const noRoute = '(no route)';
const isMethod = (method: string): method is Method => methods.some((known) => known === method);

/** The HTTPS server and what comes in there. */
export type FrontServer = FastifyInstance<Server>;
export type FrontRequest = FastifyRequest<RouteGenericInterface, Server>;
type FrontReply = FastifyReply<RouteGenericInterface, Server>;

export interface FrontParts {
  settings: LocalCloudSettings;
  certificate: { certificatePem: string; privateKeyPem: string };
  tokens: AccessTokens;
  clock: Clock;
  moods: Moods;
  routes: readonly ArmRoute[];
  /** Routes that need no token: sign-in and discovery. */
  registerOpenRoutes: (server: FrontServer) => void;
}

/** The HTTPS server: checks host, token and api-version, finds the route, and answers with ARM's headers and errors. */
export function makeFront(parts: FrontParts): FrontServer {
  const { settings, certificate, tokens, clock, moods } = parts;
  const server = Fastify({
    https: { key: certificate.privateKeyPem, cert: certificate.certificatePem, minVersion: 'TLSv1.2' },
    bodyLimit: bodyLimitBytes,
    routerOptions: { maxParamLength: longestUrl },
    frameworkErrors: (error, _request, reply) => {
      const isUrl = error.code === 'FST_ERR_BAD_URL';
      answerError(
        new ArmError(
          400,
          isUrl ? 'InvalidRequestUri' : 'BadRequest',
          isUrl ? 'The path is not percent-encoded correctly.' : error.message,
        ),
        reply,
      );
    },
    clientErrorHandler: (error, socket) => refuseBytes(error, socket),
    forceCloseConnections: 'idle',
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    logger: {
      level: settings.logLevel,
      redact: ['req.headers.authorization', 'req.headers.cookie'],
      serializers: { req: (request: FrontRequest) => ({ method: request.method, url: request.url }) },
    },
  });
  const requestLog = new RequestLog();
  const budget = new RequestBudget(clock.now(), settings.isStrict ?? false);
  const table = new RouteTable([
    ...parts.routes,
    { path: '/slipway/requests', methods: { GET: () => ({ status: 200, body: requestLog.describe() }) } },
  ]);

  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addHook('onRequest', async (request, reply) => {
    addStandardHeaders(request, reply, clock.now());
    if (!isOwnHost(request.headers.host, settings.host))
      throw new ArmError(400, 'InvalidHostName', 'The Host header does not name this server.');
  });
  server.setErrorHandler((error, request, reply) => {
    sendError(error, request, reply);
  });
  server.setNotFoundHandler((request, reply) => {
    answerError(
      new ArmError(405, 'MethodNotAllowed', `The method ${request.method} is not supported.`),
      reply,
    );
  });
  applyRequestMoods(server, moods, clock);
  parts.registerOpenRoutes(server);
  server.route({
    method: [...methods],
    url: '/*',
    // Counted as they come in, so that those are counted too which a mood keeps from being handled.
    onRequest: async (request) => {
      requestLog.count(request.method, locate(request, table).match?.route.path ?? noRoute);
    },
    handler: async (request, reply) => {
      const { url, segments, match } = locate(request, table);
      const caller = checkBearer(request, reply, tokens, url.origin, clock.now());
      const { method } = request;
      if (!isMethod(method))
        throw new ArmError(405, 'MethodNotAllowed', `The method ${method} is not supported.`);
      const spent = budget.spend(method, url.pathname, clock.now());
      if ('waitSeconds' in spent) {
        reply.header('retry-after', String(spent.waitSeconds));
        throw requestsThrottled(method, spent.waitSeconds);
      }
      reply.header(...spent);
      if (segments === undefined)
        throw new ArmError(400, 'InvalidRequestUri', 'The path is not percent-encoded correctly.');
      if (!match)
        throw new ArmError(404, 'InvalidResourceType', `There is nothing at the path '${url.pathname}'.`);
      const isOwnRoute = segments[0]?.toLowerCase() === 'slipway';
      const apiVersion = isOwnRoute ? '' : checkApiVersion(url.searchParams, clock.now());
      const handler = match.route.methods[method];
      if (!handler)
        throw new ArmError(
          405,
          'MethodNotAllowed',
          `The method ${method} is not supported at '${url.pathname}'. It supports ${Object.keys(match.route.methods).join(', ')}.`,
        );
      const answer = handler({
        method,
        params: match.params,
        rest: match.rest,
        url,
        origin: url.origin,
        apiVersion,
        body: readRequestBody(request.body),
        correlationId: String(reply.getHeader('x-ms-correlation-request-id')),
        requestId: request.id,
        conditions: conditionsOf(request),
        caller,
        client: clientOf(request),
      });
      return sendAnswer(answer, reply);
    },
  });
  return server;
}

function locate(
  request: FrontRequest,
  table: RouteTable,
): { url: URL; segments: string[] | undefined; match: RouteMatch | undefined } {
  // Not resolved against the origin: SDKs send paths that begin with two slashes.
  const url = new URL(`https://${request.headers.host ?? 'localhost'}${request.url}`);
  const segments = pathSegments(url.pathname);
  return { url, segments, match: segments && table.find(segments) };
}

function clientOf({ ip, headers }: FrontRequest): ArmCall['client'] {
  const requestId = headers['x-ms-client-request-id'];
  return {
    address: ip,
    ...(typeof requestId === 'string' ? { requestId: requestId.slice(0, longestClientRequestId) } : {}),
  };
}

function conditionsOf({ headers }: FrontRequest): ArmCall['conditions'] {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  return {
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
  };
}

function sendAnswer(answer: ArmAnswer, reply: FrontReply): FrontReply {
  reply.code(answer.status).headers({ ...answer.headers });
  if (answer.body === undefined) return reply.send();
  return reply.type(jsonType).send(writeJson(answer.body));
}

function sendError(error: unknown, request: FrontRequest, reply: FrontReply): void {
  answerError(toArmError(error, request), reply);
}

function answerError(error: ArmError, reply: Pick<FrontReply, 'code' | 'type' | 'send'>): void {
  reply.code(error.status);
  reply.type(jsonType);
  void reply.send(writeJson({ error: errorBody(error) }));
}

/** Answers bytes that are no HTTP request, over which there is no reply to be had. */
function refuseBytes(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'RequestHeaderFieldsTooLarge']
      : ['400 Bad Request', 'BadRequest'];
  const body = writeJson({ error: { code, message: 'The request is not valid HTTP.' } });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: ${jsonType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function toArmError(error: unknown, request: FrontRequest): ArmError {
  if (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  ) {
    const code = error.statusCode === 413 ? 'RequestContentTooLarge' : 'BadRequest';
    return new ArmError(error.statusCode, code, error.message);
  }
  try {
    return asArmError(error);
  } catch {
    request.log.error({ err: error }, 'A request failed in a way that was not foreseen');
    return new ArmError(
      500,
      'InternalServerError',
      `Encountered internal server error. Tracking id '${request.id}'.`,
    );
  }
}

const guidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function addStandardHeaders(request: FrontRequest, reply: FrontReply, now: Date): void {
  const { headers } = request;
  const sentCorrelationId = headers['x-ms-correlation-request-id'];
  const correlationId =
    typeof sentCorrelationId === 'string' && guidPattern.test(sentCorrelationId)
      ? sentCorrelationId
      : request.id;
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const clientRequestId = headers['x-ms-client-request-id'];
  reply.headers({
    'x-ms-request-id': request.id,
    'x-ms-correlation-request-id': correlationId,
    'x-ms-routing-request-id': `LOCAL:${stamp}:${request.id}`,
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  });
  if (headers['x-ms-return-client-request-id'] === 'true' && typeof clientRequestId === 'string')
    reply.header('x-ms-client-request-id', clientRequestId);
}
