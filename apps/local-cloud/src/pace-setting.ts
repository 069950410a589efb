import { z } from 'zod';
import type { Pace } from './machines/pace.ts';

/** How quickly simulated work runs: the values of `SLIPWAY_PACE`. */
export const paceSchema: z.ZodType<Pace> = z.enum(['realistic', 'fast', 'instant'], {
  error: 'must be one of realistic, fast, instant',
});
