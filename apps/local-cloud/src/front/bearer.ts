import type { FastifyRequest } from 'fastify';
import { ArmError } from '../arm-error.ts';
import type { AccessTokens } from '../identity/access-tokens.ts';

/** Lets only requests with a valid token pass; the others get Azure's 401 and are told where tokens come from. */
export function checkBearer(
  request: Pick<FastifyRequest, 'headers'>,
  reply: { header: (name: string, value: string) => unknown },
  tokens: AccessTokens,
  origin: string,
  now: Date,
): void {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const authority = `authorization_uri="${origin}/adfs"`;
  if (token === undefined) {
    reply.header(
      'www-authenticate',
      `Bearer ${authority}, error="invalid_token", error_description="The authentication failed because of missing 'Authorization' header."`,
    );
    throw new ArmError(
      401,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
    );
  }
  const verdict = tokens.check(token, now);
  if (verdict === 'valid') return;
  const reason =
    verdict === 'expired'
      ? 'The access token expiry UTC time is in the past.'
      : 'The access token is invalid.';
  reply.header(
    'www-authenticate',
    `Bearer ${authority}, error="invalid_token", error_description="${reason}"`,
  );
  throw new ArmError(
    401,
    verdict === 'expired' ? 'ExpiredAuthenticationToken' : 'InvalidAuthenticationToken',
    reason,
  );
}
