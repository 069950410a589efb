import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** How long an access token is good for. */
export const tokenLifetimeSeconds = 3600;

const claimsSchema = z.object({ iss: z.string(), exp: z.number(), tid: z.string(), appid: z.string() });

/** A valid token says which application it is for. */
export type TokenCheck = 'invalid' | { expiredAt: Date } | { caller: string };

/** Makes and checks the bearer tokens of the local cloud: JSON Web Tokens, signed with HMAC-SHA-256. */
export class AccessTokens {
  readonly #key: Buffer;
  readonly #issuer = 'urn:slipway:local-cloud';
  readonly #tenantId: string;

  constructor(key: Buffer, tenantId: string) {
    this.#key = key;
    this.#tenantId = tenantId;
  }

  issue(clientId: string, audience: string, now: Date): string {
    const issuedAt = Math.floor(now.getTime() / 1000);
    const claims = {
      aud: audience,
      iss: this.#issuer,
      iat: issuedAt,
      nbf: issuedAt,
      exp: issuedAt + tokenLifetimeSeconds,
      appid: clientId,
      oid: clientId,
      tid: this.#tenantId,
      jti: randomUUID(),
      ver: '1.0',
    };
    const content = [{ alg: 'HS256', typ: 'JWT' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${content}.${this.#sign(content)}`;
  }

  check(token: string, now: Date): TokenCheck {
    const parts = /^([\w-]+\.([\w-]+))\.([\w-]+)$/.exec(token);
    if (!parts) return 'invalid';
    const [, content = '', payload = '', signature = ''] = parts;
    if (!sameText(signature, this.#sign(content))) return 'invalid';
    const claims = claimsSchema.safeParse(
      parseOrUndefined(Buffer.from(payload, 'base64url').toString('utf8')),
    );
    if (!claims.success || claims.data.iss !== this.#issuer || claims.data.tid !== this.#tenantId)
      return 'invalid';
    const expiresAt = new Date(claims.data.exp * 1000);
    return expiresAt.getTime() > now.getTime() ? { caller: claims.data.appid } : { expiredAt: expiresAt };
  }

  #sign(content: string): string {
    return createHmac('sha256', this.#key).update(content).digest('base64url');
  }
}

/** Compares two secrets in a time that does not tell where they differ. */
export function sameText(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

const digest = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest();

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
