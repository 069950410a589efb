import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import { routes } from '@slipway/contract';
import { LogController, fastify } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { addActivityRoutes } from './activity/activity-routes.ts';
import { type ApiInstance, withErrors } from './api-instance.ts';
import { createArm } from './arm/arm.ts';
import { withCorrelation } from './arm/correlation.ts';
import { closeInTime } from './closing.ts';
import { addDeploymentRoutes } from './deployments/deployment-routes.ts';
import { addHistoryRoutes } from './history/history-routes.ts';
import { handleError } from './error-handler.ts';
import { addGovernanceRoutes } from './governance/governance-routes.ts';
import { addClusterRoutes } from './clusters/cluster-routes.ts';
import { addGroupRoutes } from './groups/group-routes.ts';
import { addJsonBodies } from './json-body.ts';
import { addMachineRoutes } from './machines/machine-routes.ts';
import { answerBadAddress, answerBadConnection } from './malformed-requests.ts';
import { addOverviewRoutes } from './overviews/overview-routes.ts';
import { addPlaceRoutes } from './places/place-routes.ts';
import { addPriceRoutes } from './prices/price-routes.ts';
import { createPrices } from './prices/prices.ts';
import { addPortalFiles } from './portal-files.ts';
import { addRecentDeploymentRoutes } from './recent-deployments/recent-deployment-routes.ts';
import { addResourceRoutes } from './resources/resource-routes.ts';
import { addSearchRoutes } from './search/search-routes.ts';
import { addContentSecurity } from './security/content-security.ts';
import { addHostCheck } from './security/host-check.ts';
import { refusePrivateKeys } from './security/private-key-check.ts';
import { addRequestLimits } from './security/request-limits.ts';
import { createSessionKey } from './security/session-key.ts';
import { addSessionCheck, addSessionRoutes, createClientOf } from './security/session-routes.ts';
import { StreamSlots } from './security/stream-slots.ts';
import type { Settings } from './settings.ts';
import { addTemplateRoutes } from './templates/template-routes.ts';
import { addWhatIfRoutes } from './what-if/what-if-routes.ts';

export { type Settings, SettingsError, readSettings } from './settings.ts';

const bodyLimitBytes = 256 * 1024;

/**
 * The backend as a Fastify app that listens nowhere yet: HTTP in, Microsoft's SDKs out, server-sent events back.
 * It keeps nothing but caches; `close()` ends the event streams first.
 */
export async function buildApp(deps: { settings: Settings }): Promise<ApiInstance> {
  const { settings } = deps;
  const app: ApiInstance = fastify({
    bodyLimit: bodyLimitBytes,
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    logger: {
      level: settings.logLevel,
      redact: ['req.headers.cookie', 'req.headers.authorization', 'res.headers["set-cookie"]'],
    },
    requestIdHeader: false,
    logController: new LogController({ requestIdLogLabel: 'correlationId' }),
    genReqId: (request) => correlationIdOf(request.headers['x-correlation-id']),
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerBadConnection,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
  }).withTypeProvider();
  closeInTime(app);
  addJsonBodies(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);

  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    withCorrelation(request.id, done);
  });
  await addContentSecurity(app);
  addHostCheck(app, settings.allowedHosts);
  await app.register(cookie);
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) => tooManyAttempts(ttl),
  });

  const prices = await createPrices(settings);
  const arm = createArm(settings);
  const session = {
    sessionKey: createSessionKey(settings.accessSecret),
    signInRequired: settings.accessSecret !== undefined,
    arm,
  };
  addSessionCheck(app, session);
  const clientOf = createClientOf(session);
  addRequestLimits(app, { requestsPerMinute: settings.requestsPerMinute, clientOf });
  refusePrivateKeys(app);
  await app.register(swagger, {
    openapi: {
      info: { title: 'Slipway', version: '0.1.0', description: 'The backend of the Slipway portal.' },
      tags: [
        { name: 'Session', description: 'Signing in, the CSRF token, the cloud behind the portal.' },
        { name: 'Places', description: 'Where a cluster can be, and what is free there.' },
        { name: 'Clusters', description: 'Container services: checked, created, read, deleted.' },
        {
          name: 'Resources',
          description: 'What was built, as a list and as a topology, and how to connect.',
        },
        { name: 'Search', description: 'Clusters, groups, resources and deployments by their names.' },
        {
          name: 'Machines',
          description:
            'The VMs and scale-set instances: their power, what can be done with them, their consoles.',
        },
        {
          name: 'Deployments',
          description:
            "How far ARM is with a cluster, live, and how to stop it; and the history of a group's deployments.",
        },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });

  await app.register((routed: ApiInstance, _options, done) => {
    routed.get(
      routes.health(),
      {
        schema: {
          tags: ['Session'],
          summary: 'Whether the backend lives',
          response: withErrors({ 200: z.object({ status: z.literal('ok') }) }),
        },
      },
      () => ({ status: 'ok' as const }),
    );
    routed.get(routes.openapi(), { schema: { hide: true } }, () => app.swagger());
    addSessionRoutes(routed, session);
    addPlaceRoutes(routed, { arm });
    addPriceRoutes(routed, { prices });
    addClusterRoutes(routed, { arm });
    addWhatIfRoutes(routed, { arm });
    addTemplateRoutes(routed, { arm });
    addResourceRoutes(routed, { arm });
    addGovernanceRoutes(routed, { arm });
    addActivityRoutes(routed, { arm });
    addGroupRoutes(routed, { arm });
    addOverviewRoutes(routed, { arm });
    addSearchRoutes(routed, { arm });
    addRecentDeploymentRoutes(routed, { arm });
    addMachineRoutes(routed, { arm });
    addDeploymentRoutes(routed, {
      arm,
      watchIntervalMs: settings.watchIntervalMs,
      slots: new StreamSlots(settings.eventStreams, clientOf),
    });
    addHistoryRoutes(routed, { arm });
    done();
  });
  await addPortalFiles(app, settings.portalDir);
  return app;
}

function tooManyAttempts(waitMs: number): ApiError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new ApiError(
    'TooManyRequests',
    `Too many attempts in a short time. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    { retryAfterMs: seconds * 1000 },
  );
}

function correlationIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : randomUUID();
}
