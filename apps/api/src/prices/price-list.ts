import { readFile } from 'node:fs/promises';
import type { MachinePrices } from '@slipway/contract';
import { z } from 'zod';
import { SettingsError } from '../settings.ts';

const priceListSchema = z.strictObject({
  source: z.string().trim().min(1).max(200),
  date: z.iso.date(),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'must be three capital letters, for example EUR' }),
  /** Regions by ARM's names, in each the price of an hour by size. */
  regions: z.record(z.string(), z.record(z.string(), z.number().positive().max(100_000))),
});
type PriceList = z.infer<typeof priceListSchema>;

/**
 * Reads an operator's list of prices (`SLIPWAY_PRICES`):
 * `{ "source": …, "date": "2026-11-01", "currency": "EUR", "regions": { "westeurope": { "Standard_D2s_v5": 0.115 } } }`.
 *
 * @throws SettingsError that says what is wrong, and where
 */
export async function readPriceList(file: string): Promise<PriceList> {
  const parsed = priceListSchema.safeParse(await readJson(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.map(String).join('.')}` : '';
  throw new SettingsError(
    `SLIPWAY_PRICES names ${file}, which is no list of prices${place}: ${issue?.message ?? 'it is not valid'}.`,
  );
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new SettingsError(`SLIPWAY_PRICES names ${file}, which cannot be read.`);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new SettingsError(`SLIPWAY_PRICES names ${file}, which is not JSON.`);
  }
}

/** What a list says of a region. */
export function listedPrices({ source, date, currency, regions }: PriceList, region: string): MachinePrices {
  const entry = Object.entries(regions).find(([name]) => name.toLowerCase() === region.toLowerCase());
  if (!entry) return { known: false, reason: `The list of prices of ${source} does not have this region.` };
  return { known: true, source, date, currency, perHour: entry[1] };
}
