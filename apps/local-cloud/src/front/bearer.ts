import type { FastifyRequest } from 'fastify';
import { ArmError } from '../arm-error.ts';
import type { AccessTokens } from '../identity/access-tokens.ts';

/**
 * Lets only requests with a valid token pass, and returns which application that is for; the others get Azure's 401 and
 * are told where tokens come from.
 */
export function checkBearer(
  request: Pick<FastifyRequest, 'headers'>,
  reply: { header: (name: string, value: string) => unknown },
  tokens: AccessTokens,
  origin: string,
  now: Date,
): string {
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
  if (verdict !== 'invalid') {
    if ('caller' in verdict) return verdict.caller;
    refuseExpired(reply, origin, verdict.expiredAt, now);
  }
  const reason = 'The access token is invalid.';
  reply.header(
    'www-authenticate',
    `Bearer ${authority}, error="invalid_token", error_description="${reason}"`,
  );
  throw new ArmError(401, 'InvalidAuthenticationToken', reason);
}

/** Refuses a token whose time is over, in Azure's words: always throws. */
export function refuseExpired(
  reply: { header: (name: string, value: string) => unknown },
  origin: string,
  expiredAt: Date,
  now: Date,
): never {
  reply.header(
    'www-authenticate',
    `Bearer authorization_uri="${origin}/adfs", error="invalid_token", error_description="The access token expired"`,
  );
  throw new ArmError(
    401,
    'ExpiredAuthenticationToken',
    `The access token expiry UTC time '${americanTime(expiredAt)}' is earlier than current UTC time '${americanTime(now)}'.`,
  );
}

/** Azure writes these times as in `11/22/2026 8:05:09 PM`. */
function americanTime(time: Date): string {
  return time.toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replaceAll('\u202f', ' ');
}
