import type { MachinePrices } from '@slipway/contract';
import type { Settings } from '../settings.ts';
import { listedPrices, readPriceList } from './price-list.ts';
import { createRetailPrices } from './retail-prices.ts';

/** Where the prices of machines come from. */
export interface Prices {
  read: (region: string) => Promise<MachinePrices>;
}

/**
 * The operator's own list where there is one, for it holds what is really paid; else Azure's public prices for Azure's
 * machines. Machines of the local cloud cost nothing that anybody has listed.
 *
 * @throws SettingsError when the operator's list cannot be used
 */
export async function createPrices({
  cloud,
  priceFile,
  retailPricesUrl,
  currency,
}: Pick<Settings, 'cloud' | 'priceFile' | 'retailPricesUrl' | 'currency'>): Promise<Prices> {
  if (priceFile !== undefined) {
    const list = await readPriceList(priceFile);
    return { read: (region) => Promise.resolve(listedPrices(list, region)) };
  }
  if (cloud === 'azure') return createRetailPrices({ url: retailPricesUrl, currency });
  return {
    read: () =>
      Promise.resolve({
        known: false,
        reason: 'This portal has no list of prices. Its operator can give it one (SLIPWAY_PRICES).',
      }),
  };
}
