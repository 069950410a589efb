import { looksLikePrivateKey } from '@slipway/cluster';
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../api-error.ts';

/**
 * Refuses a body that holds a private key anywhere, before anything else looks at it: it is neither stored, nor sent
 * on, nor logged.
 */
export function refusePrivateKeys(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    const path = pathOfPrivateKey(request.body, []);
    if (path)
      throw new ApiError('PrivateKeyRefused', 'The request holds a private key. It was not kept.', {
        fields: [
          {
            path: path.join('.').replace(/^spec\./, ''),
            message: 'This is a private key. Paste the public half, the file that ends in .pub.',
          },
        ],
      });
  });
}

function pathOfPrivateKey(value: unknown, path: readonly string[]): readonly string[] | undefined {
  if (typeof value === 'string') return looksLikePrivateKey(value) ? path : undefined;
  if (typeof value !== 'object' || value === null || path.length > 8) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = pathOfPrivateKey(member, [...path, name]);
    if (found) return found;
  }
  return undefined;
}
