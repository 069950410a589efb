import { type ArmPlace, bearerToken, call, subscriptionId } from '../../e2e/fixtures/arm-clients.ts';
import { z } from 'zod';

/** The local cloud as any client of ARM sees it. */
export interface Arm {
  /** Path of the subscription. */
  subscription: string;
  /** The answer's body; throws with what the cloud said when it refuses. */
  send: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** All values of a list, page after page. */
  all: (path: string) => Promise<unknown[]>;
}

const pageSchema = z.object({ value: z.array(z.unknown()), nextLink: z.string().optional() });

/** Signs in with the local cloud's default client. */
export async function openArm(place: ArmPlace): Promise<Arm> {
  const { token } = await bearerToken(place);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const { status, body: text } = await call(
      method,
      path,
      { headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
      place,
    );
    if (status >= 300) throw new Error(`${method} ${path} answers ${status}: ${text.slice(0, 500)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    subscription: `/subscriptions/${subscriptionId}`,
    send,
    all: async (path) => {
      const found: unknown[] = [];
      for (let next: string | undefined = path; next !== undefined;) {
        const page: z.infer<typeof pageSchema> = pageSchema.parse(await send('GET', next));
        found.push(...page.value);
        const link = page.nextLink === undefined ? undefined : new URL(page.nextLink);
        next = link && `${link.pathname}${link.search}`;
      }
      return found;
    },
  };
}
