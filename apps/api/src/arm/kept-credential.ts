import type { AccessToken, TokenCredential } from '@azure/core-auth';
import { withTimeLimit } from '../concurrency.ts';
import { ApiError } from '../api-error.ts';
import { CredentialFailure, explainArmFailure } from './arm-failure.ts';

/** A token is renewed this long before it ends. */
const renewBeforeMs = 5 * 60_000;
const failureKeptForMs = 5_000;
/** Nobody is kept waiting longer; the attempt goes on, and who asks later may have its token. */
const waitLimitMs = 20_000;
/** An attempt that takes longer is given up: the next one who asks starts another. */
const attemptLimitMs = 60_000;

/** A credential that keeps its tokens. */
export interface KeptCredential extends TokenCredential {
  /** Forgets a token that was refused, so that the next one who asks gets another. */
  drop: (token: string) => void;
}

interface Kept {
  token: Promise<AccessToken | null>;
  /** The token itself, once it is there. */
  value?: string;
  /** In milliseconds since the epoch. */
  goodUntil: number;
}

/**
 * Keeps a credential's tokens for all clients: some credentials start a program for every token, and a computer
 * without any takes seconds to find that out, which is remembered for a moment, too. Where a network swallows what is
 * sent to the address of managed identities, finding out takes minutes: then `getToken` throws `CredentialFailure`.
 */
export function keptCredential(credential: TokenCredential): KeptCredential {
  const kept = new Map<string, Kept>();
  return {
    getToken: (scopes, options) => {
      // Answers to a challenge of ARM (claims, another tenant) are for that one request.
      if (options?.claims !== undefined || options?.tenantId !== undefined)
        return credential.getToken(scopes, options);
      const key = [scopes].flat().join(' ');
      const known = kept.get(key);
      if (known && known.goodUntil > Date.now()) return inTime(known.token);
      const started: Kept = { token: credential.getToken(scopes), goodUntil: Date.now() + attemptLimitMs };
      kept.set(key, started);
      void keepWhileGood(started);
      return inTime(started.token);
    },
    drop: (token) => {
      for (const [key, { value }] of kept) if (value === token) kept.delete(key);
    },
  };
}

async function keepWhileGood(kept: Kept): Promise<void> {
  try {
    const token = await kept.token;
    if (token) kept.value = token.token;
    const lifetimeMs = token ? token.expiresOnTimestamp - Date.now() : 0;
    kept.goodUntil = Date.now() + lifetimeMs - Math.min(renewBeforeMs, lifetimeMs / 2);
  } catch (thrown) {
    kept.goodUntil = isPassing(thrown) ? 0 : Date.now() + failureKeptForMs;
  }
}

/** Only that there is no credential at all takes long to find out; whoever gives tokens is asked again at once. */
function isPassing(thrown: unknown): boolean {
  const explained = explainArmFailure(thrown);
  return (
    thrown instanceof CredentialFailure ||
    (explained instanceof ApiError && explained.code !== 'CredentialUnavailable')
  );
}

const inTime = (token: Kept['token']) =>
  withTimeLimit(token, waitLimitMs, () => new CredentialFailure(noneWithin(waitLimitMs)));

/** Says that no credential gave a token in this time. */
export const noneWithin = (limitMs: number): string =>
  `No credential was found within ${limitMs / 1000} seconds.`;
