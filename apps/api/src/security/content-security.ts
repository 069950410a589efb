import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const nonces = new WeakMap<IncomingMessage, string>();

/** The nonce that this request's script and style tags carry; the same for both, made once a request. */
export function nonceOf(request: IncomingMessage): string {
  const known = nonces.get(request);
  if (known !== undefined) return known;
  const made = randomBytes(16).toString('base64');
  nonces.set(request, made);
  return made;
}

const nonceSource = (request: IncomingMessage, _response: ServerResponse) => `'nonce-${nonceOf(request)}'`;

/** Sets the security headers of every answer; pages may run and load nothing but the portal's own files. */
export async function addContentSecurity(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", nonceSource],
        styleSrc: ["'self'", nonceSource],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Whether the portal is reached over TLS is a matter of the proxy in front of it.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}
