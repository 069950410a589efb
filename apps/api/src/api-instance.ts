import { apiErrorSchema } from '@slipway/contract';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';

/** The Fastify instance that the routes are added to: types of params, query, body and answers come from zod. */
export type ApiInstance = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** An answer that is not JSON. */
interface TypedAnswer {
  description: string;
  content: Record<string, { schema: z.ZodType }>;
}

/** The answers of a route: its own, and the API's error form for every status from 400 on. */
export function withErrors<Answers extends Record<number, z.ZodType | TypedAnswer>>(answers: Answers) {
  return { ...answers, '4xx': apiErrorSchema, '5xx': apiErrorSchema };
}
