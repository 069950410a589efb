import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const sessionLengthMs = 12 * 60 * 60 * 1000;

/** What a valid session cookie says. */
export interface SessionTicket {
  id: string;
  /** Whether the access secret was given. */
  signedIn: boolean;
}

/** Makes and reads session cookies and their CSRF tokens. Nothing is stored: any replica with the same secret understands them. */
export interface SessionKey {
  /** A new cookie value. */
  issue: (signedIn: boolean) => { cookie: string; ticket: SessionTicket; maxAgeSeconds: number };
  /** The ticket of a cookie that this portal made and that has not ended; `undefined` for anything else. */
  read: (cookie: string | undefined) => SessionTicket | undefined;
  csrfToken: (ticket: SessionTicket) => string;
  /** Compares in constant time. */
  csrfTokenMatches: (ticket: SessionTicket, token: string) => boolean;
  /** Compares in constant time; false where no access secret is set. */
  secretMatches: (secret: string) => boolean;
}

/**
 * Derives the key from the access secret. Without one only this computer reaches the portal and the cookie needs no
 * proof of origin: it is 256 random bits which no other site can read, and which are not sent along with its requests.
 */
export function createSessionKey(accessSecret: string | undefined): SessionKey {
  const key = Buffer.from(hkdfSync('sha256', accessSecret ?? '', 'slipway', 'session cookies', 32));
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  const csrfToken = (ticket: SessionTicket) => sign(`csrf ${ticket.id} ${ticket.signedIn}`);

  return {
    issue: (signedIn) => {
      const ticket = { id: randomBytes(32).toString('base64url'), signedIn };
      const content = `${ticket.id}.${signedIn ? 'in' : 'out'}.${Date.now() + sessionLengthMs}`;
      return {
        cookie: `${content}.${sign(`cookie ${content}`)}`,
        ticket,
        maxAgeSeconds: sessionLengthMs / 1000,
      };
    },
    read: (cookie) => {
      const [id = '', state = '', ends = '', signature = '', ...rest] = (cookie ?? '').split('.');
      if (rest.length > 0 || id === '' || !same(signature, sign(`cookie ${id}.${state}.${ends}`)))
        return undefined;
      if (!(Number(ends) > Date.now())) return undefined;
      return { id, signedIn: state === 'in' };
    },
    csrfToken,
    csrfTokenMatches: (ticket, token) => same(token, csrfToken(ticket)),
    secretMatches: (secret) => accessSecret !== undefined && same(secret, accessSecret),
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Equality whose time tells nothing: not where two texts differ, not how long they are. */
function same(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}
