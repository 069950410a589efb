import { z } from 'zod';

/** What the machines of a region cost an hour, or why that is not known: a price is never made up. */
export const machinePricesSchema = z.discriminatedUnion('known', [
  z.object({
    known: z.literal(true),
    /** Who says so, in words for a person. */
    source: z.string(),
    /** Of which day the prices are: `2026-11-29`. */
    date: z.string(),
    /** ISO 4217, for example `USD`. */
    currency: z.string(),
    /** Price of one hour of a machine, by the size's name; a size without a price is absent. */
    perHour: z.record(z.string(), z.number()),
  }),
  z.object({
    known: z.literal(false),
    /** Why, in a sentence for a person. */
    reason: z.string(),
  }),
]);
export type MachinePrices = z.infer<typeof machinePricesSchema>;
