import {
  type PipelinePolicy,
  type PipelineRequest,
  bearerTokenAuthenticationPolicy,
} from '@azure/core-rest-pipeline';
import type { KeptCredential } from './kept-credential.ts';

/**
 * Puts the kept token on every request, but shows it to nobody but ARM, wherever an answer's links lead. Where ARM
 * refuses it (expired before its time, or revoked), it is dropped and the request is sent once more with a new one. The
 * SDK's policy keeps a token of its own until that ends, whatever ARM says of it; its answers to challenges with claims
 * stay as they are.
 */
export function tokenPolicy(credential: KeptCredential, endpoint: string): PipelinePolicy {
  const scope = `${endpoint}/.default`;
  const armHost = new URL(endpoint).hostname;
  const authorize = async (request: PipelineRequest): Promise<string | undefined> => {
    const { hostname } = new URL(request.url);
    // Regions of Azure have hosts of their own below it.
    if (hostname !== armHost && !hostname.endsWith(`.${armHost}`))
      throw new Error(`Azure Resource Manager's answer leads to another host, ${hostname}.`);
    const token = await credential.getToken(scope);
    if (token) request.headers.set('authorization', `Bearer ${token.token}`);
    return token?.token;
  };
  return bearerTokenAuthenticationPolicy({
    credential,
    scopes: scope,
    challengeCallbacks: {
      authorizeRequest: async ({ request }) => {
        await authorize(request);
      },
      authorizeRequestOnChallenge: async ({ request }) => {
        const refused = request.headers.get('authorization')?.replace(/^Bearer /, '');
        if (refused !== undefined) credential.drop(refused);
        const token = await authorize(request);
        return token !== undefined && token !== refused;
      },
    },
  });
}
