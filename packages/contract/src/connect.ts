import { connectFactsSchema } from '@slipway/cluster';
import { z } from 'zod';

/** Answer of the connect route: facts read from the deployed resources; the portal turns them into commands. */
export const connectAnswerSchema = z.object({
  facts: connectFactsSchema,
  /** Whether something really listens at these addresses: false with simulated machines. */
  reachable: z.boolean(),
});
export type ConnectAnswer = z.infer<typeof connectAnswerSchema>;
