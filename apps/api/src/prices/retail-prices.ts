import type { MachinePrices } from '@slipway/contract';
import { z } from 'zod';

/** A region has some thousand prices, a page up to a thousand of them; more pages than that are a mistake of the service. */
const mostPages = 100;
/** For all pages of a region together. */
const timeLimitMs = 30_000;
const keptMs = 12 * 60 * 60 * 1000;
/** A service that failed is not asked again at once, but soon. */
const failureKeptMs = 60_000;

const itemSchema = z.object({
  currencyCode: z.string(),
  retailPrice: z.number(),
  armSkuName: z.string(),
  armRegionName: z.string(),
  skuName: z.string(),
  meterName: z.string(),
  productName: z.string(),
  unitOfMeasure: z.string(),
  type: z.string(),
  effectiveStartDate: z.string(),
  effectiveEndDate: z.string().nullish(),
  isPrimaryMeterRegion: z.boolean().default(true),
  tierMinimumUnits: z.number().default(0),
});
type Item = z.infer<typeof itemSchema>;

const pageSchema = z.object({
  Items: z.array(z.unknown()),
  NextPageLink: z.string().nullish(),
});

/** The prices of Azure's Retail Prices API, region by region. */
export interface RetailPrices {
  read: (region: string) => Promise<MachinePrices>;
}

/**
 * Reads Azure's Retail Prices API: hourly pay-as-you-go prices of Linux machines. Its answers are kept for hours; whoever
 * asks while a region is read waits for the same answer. Where it cannot be read the prices are unknown, and say why.
 * Only `url` itself is ever asked: a link to a further page that leads elsewhere ends the reading, and so does a redirect.
 */
export function createRetailPrices({ url, currency }: { url: string; currency: string }): RetailPrices {
  const kept = new Map<string, { prices: Promise<MachinePrices>; until: number }>();
  return {
    read: (region) => {
      const known = kept.get(region);
      if (known && known.until > Date.now()) return known.prices;
      const read = async (): Promise<MachinePrices> => {
        const prices = await readRegion(url, currency, region);
        entry.until = Date.now() + (prices.known ? keptMs : failureKeptMs);
        return prices;
      };
      const entry = { prices: read(), until: Number.POSITIVE_INFINITY };
      kept.set(region, entry);
      return entry.prices;
    },
  };
}

async function readRegion(url: string, currency: string, region: string): Promise<MachinePrices> {
  const host = new URL(url).host;
  try {
    const items = await readItems(url, currency, region);
    const perHour = hourlyPrices(items, currency, new Date());
    if (Object.keys(perHour).length === 0)
      return { known: false, reason: `${host} has no prices of machines in this region.` };
    return {
      known: true,
      source: `Azure Retail Prices (${host})`,
      date: new Date().toISOString().slice(0, 10),
      currency,
      perHour,
    };
  } catch {
    return {
      known: false,
      reason: `The prices could not be read from ${host}. They are asked for again later.`,
    };
  }
}

async function readItems(url: string, currency: string, region: string): Promise<Item[]> {
  const signal = AbortSignal.timeout(timeLimitMs);
  const first = new URL(url);
  first.searchParams.set('currencyCode', `'${currency}'`);
  // The values' case counts. A region's name has only small letters and digits: nothing in it can end the text.
  first.searchParams.set(
    '$filter',
    `serviceName eq 'Virtual Machines' and armRegionName eq '${region}' and priceType eq 'Consumption'`,
  );
  const items: Item[] = [];
  let next: URL | undefined = first;
  for (let page = 1; next; page += 1) {
    if (page > mostPages) throw new Error(`The price list has more than ${mostPages} pages.`);
    const response: Response = await fetch(next, {
      signal,
      redirect: 'error',
      headers: { accept: 'application/json' },
    });
    if (!response.ok) throw new Error(`The price list answered ${response.status}.`);
    const { Items, NextPageLink } = pageSchema.parse(await response.json());
    for (const item of Items) {
      const parsed = itemSchema.safeParse(item);
      if (parsed.success && parsed.data.armRegionName === region) items.push(parsed.data);
    }
    next = NextPageLink ? nextPage(NextPageLink, first) : undefined;
  }
  return items;
}

function nextPage(link: string, first: URL): URL {
  const next = new URL(link);
  // Azure writes `:443` into its links: the URL has lost it here.
  if (next.host !== first.host || next.protocol !== first.protocol || next.pathname !== first.pathname)
    throw new Error('The next page of the price list is elsewhere.');
  return next;
}

/** The price of an hour by size, of what a Linux machine costs that is paid as one goes. */
function hourlyPrices(items: readonly Item[], currency: string, now: Date): Record<string, number> {
  const chosen = new Map<string, Item>();
  for (const item of items) {
    if (!isOrdinaryLinuxHour(item, now) || item.currencyCode !== currency) continue;
    const other = chosen.get(item.armSkuName);
    if (!other || item.effectiveStartDate > other.effectiveStartDate) chosen.set(item.armSkuName, item);
  }
  return Object.fromEntries([...chosen].map(([name, { retailPrice }]) => [name, retailPrice]));
}

function isOrdinaryLinuxHour(item: Item, now: Date): boolean {
  const words = `${item.productName} ${item.skuName} ${item.meterName}`;
  return (
    item.type === 'Consumption' &&
    item.unitOfMeasure === '1 Hour' &&
    item.retailPrice > 0 &&
    item.armSkuName !== '' &&
    item.isPrimaryMeterRegion &&
    item.tierMinimumUnits === 0 &&
    !/windows|spot|low priority|cloud ?services|dedicated host|reservation|expired/i.test(words) &&
    new Date(item.effectiveStartDate) <= now &&
    !(item.effectiveEndDate && new Date(item.effectiveEndDate) <= now)
  );
}
