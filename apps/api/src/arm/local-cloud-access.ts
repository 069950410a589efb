import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TokenCredential } from '@azure/core-auth';
import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createPipelineRequest,
  tlsPolicy,
} from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { CredentialFailure } from './arm-failure.ts';
import { retriesPolicy } from './retries.ts';
import { timeLimitPolicy } from './time-limits.ts';

const clientId = 'slipway-local';
/** These answers need no work: they are waited for so long, or for this part of what others may take where that is more. */
const longestAnswer = { ms: 10_000, share: 1 / 3 };

/** Where the local cloud is, whom to trust there, and how long to wait for an answer. */
interface LocalAccess {
  endpoint: string;
  certificate: string;
  timeLimitMs: number;
}

/**
 * The certificate that the local cloud made for itself, as PEM: the only one that is trusted. Read whenever it is
 * needed, because the local cloud may start after the backend or may have made a new one.
 */
export async function readLocalCertificate(dataDir: string): Promise<string> {
  try {
    return await readFile(path.join(dataDir, 'local-cloud', 'certificate.pem'), 'utf8');
  } catch (thrown) {
    throw new ApiError(
      'CloudUnreachable',
      'The local cloud has not written its certificate yet: it is still starting, or it does not run.',
      { cause: thrown },
    );
  }
}

const tokenAnswerSchema = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number() });

/** A credential for the local cloud: client credentials posted to its own token endpoint. */
export function localCredential(
  access: LocalAccess & {
    secret: string;
  },
): TokenCredential {
  return {
    getToken: async (scopes) => {
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: access.secret,
        scope: [scopes].flat().join(' '),
      });
      const answer = await send(access, {
        url: `${access.endpoint}/adfs/oauth2/token`,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      });
      if (answer.status === 400 || answer.status === 401)
        throw new CredentialFailure(
          'The local cloud refused the client secret: set SLIPWAY_LOCAL_SECRET to the same value for the portal and the local cloud.',
        );
      const token = answer.status === 200 ? readToken(answer.text) : undefined;
      if (!token)
        throw new CredentialFailure(
          `The local cloud gave no access token (status ${answer.status}): try again in a moment, or start it again with "npm start".`,
        );
      return { token: token.access_token, expiresOnTimestamp: Date.now() + token.expires_in * 1000 };
    },
  };
}

function readToken(text: string): z.infer<typeof tokenAnswerSchema> | undefined {
  try {
    return tokenAnswerSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const metadataSchema = z.object({
  slipway: z.object({
    dnsSuffix: z.string().min(1),
    machines: z.enum(['simulated', 'docker']),
    pace: z.enum(['realistic', 'fast', 'instant']),
    preparation: z.string().optional(),
  }),
});

/** What the local cloud says of itself. */
export async function readLocalMetadata(
  access: LocalAccess,
): Promise<z.infer<typeof metadataSchema>['slipway']> {
  const answer = await send(access, {
    url: `${access.endpoint}/metadata/endpoints?api-version=2015-01-01`,
    method: 'GET',
  });
  return metadataSchema.parse(JSON.parse(answer.text)).slipway;
}

async function send(
  { certificate, timeLimitMs }: LocalAccess,
  request: { url: string; method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; text: string }> {
  const pipelineRequest = createPipelineRequest({
    url: request.url,
    method: request.method,
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  for (const [name, value] of Object.entries(request.headers ?? {})) pipelineRequest.headers.set(name, value);
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(tlsPolicy({ ca: certificate }));
  pipeline.addPolicy(retriesPolicy(timeLimitMs), { phase: 'Retry' });
  const longestAnswerMs = Math.max(longestAnswer.ms, longestAnswer.share * timeLimitMs);
  pipeline.addPolicy(timeLimitPolicy(timeLimitMs, longestAnswerMs), { afterPhase: 'Retry' });
  const response = await pipeline.sendRequest(createDefaultHttpClient(), pipelineRequest);
  return { status: response.status, text: response.bodyAsText ?? '' };
}
