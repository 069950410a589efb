import type { FrontServer } from '../front/front.ts';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { describeEndpoints } from '../resources/environment.ts';
import { sameText, tokenLifetimeSeconds, type AccessTokens } from './access-tokens.ts';

/** The one client of a local cloud. */
export const clientId = 'slipway-local';

const tokenRequestSchema = z.object({
  grant_type: z.string().optional(),
  client_id: z.string().max(256).optional(),
  client_secret: z.string().max(2048).optional(),
  scope: z.string().max(4096).optional(),
  resource: z.string().max(4096).optional(),
});

const originOf = (host: string | undefined): string => `https://${host ?? 'localhost'}`;

interface TokenAnswer {
  status: number;
  body: Record<string, string | number>;
}

/** Routes that need no token: discovery of the endpoints, and the token endpoint in the form of AD FS. */
export function registerSignInRoutes(
  server: FrontServer,
  parts: {
    tokens: AccessTokens;
    secret: string;
    pace: string;
    /** What stands behind the VMs, and what is being done to make it ready. */
    machines: () => { kind: string; preparation: string | undefined };
    clock: Clock;
  },
): void {
  server.get('/metadata/endpoints', async (request) =>
    describeEndpoints(originOf(request.headers.host), parts.pace, parts.machines()),
  );

  server.get('/adfs/.well-known/openid-configuration', async (request) => {
    const origin = originOf(request.headers.host);
    return {
      issuer: `${origin}/adfs`,
      authorization_endpoint: `${origin}/adfs/oauth2/authorize`,
      token_endpoint: `${origin}/adfs/oauth2/token`,
      device_authorization_endpoint: `${origin}/adfs/oauth2/devicecode`,
      jwks_uri: `${origin}/adfs/discovery/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      response_types_supported: ['token'],
      grant_types_supported: ['client_credentials'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['HS256'],
    };
  });

  // Tokens are signed with a secret key, so there are no public keys to tell.
  server.get('/adfs/discovery/keys', async () => ({ keys: [] }));

  const answerToken = async (rawBody: unknown): Promise<TokenAnswer> => {
    const form = new URLSearchParams(Buffer.isBuffer(rawBody) ? rawBody.toString('utf8') : '');
    const parsed = tokenRequestSchema.safeParse(Object.fromEntries(form));
    if (!parsed.success) return refusal(400, 'invalid_request', 'A field of the token request is too long.');
    const { grant_type: grant, client_id: client, client_secret: secret, scope, resource } = parsed.data;
    if (grant !== 'client_credentials')
      return refusal(
        400,
        'unsupported_grant_type',
        "The local cloud supports only the grant type 'client_credentials'.",
      );
    if (client !== clientId || secret === undefined || !sameText(secret, parts.secret))
      return refusal(
        401,
        'invalid_client',
        `The client or its secret is not right. The client is '${clientId}'; its secret is the setting SLIPWAY_LOCAL_SECRET of the local cloud.`,
      );
    const audience = resource ?? scope?.replace(/\/\.default.*$/, '') ?? 'slipway';
    return {
      status: 200,
      body: {
        token_type: 'bearer',
        expires_in: tokenLifetimeSeconds,
        ext_expires_in: tokenLifetimeSeconds,
        resource: audience,
        access_token: parts.tokens.issue(client, audience, parts.clock.now()),
      },
    };
  };

  server.post('/adfs/oauth2/token', async (request, reply) => {
    const { status, body } = await answerToken(request.body);
    return reply.code(status).header('cache-control', 'no-store').send(body);
  });
}

function refusal(status: number, error: string, description: string): TokenAnswer {
  return { status, body: { error, error_description: description } };
}
