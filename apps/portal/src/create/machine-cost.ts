import type { MachinePrices, MachineSize } from '@slipway/contract';
import type { MachineCounts } from './machine-choice.ts';

/** Hours of a month, as Azure's own price pages count them. */
export const hoursPerMonth = 730;

/** What a machine of a size costs an hour; undefined where nobody has said so. */
export function pricePerHour(name: string, prices: MachinePrices | undefined): number | undefined {
  if (!prices?.known) return undefined;
  const lowerName = name.toLowerCase();
  return (
    prices.perHour[name] ??
    Object.entries(prices.perHour).find(([size]) => size.toLowerCase() === lowerName)?.[1]
  );
}

/** What all machines of a cluster cost a month; undefined while the price or their number is not known. */
export function clusterPerMonth(
  size: Pick<MachineSize, 'name'>,
  { masters, agents }: MachineCounts,
  prices: MachinePrices | undefined,
): number | undefined {
  const hour = pricePerHour(size.name, prices);
  const month = hour === undefined ? Number.NaN : hour * hoursPerMonth * (masters + agents);
  return Number.isFinite(month) ? month : undefined;
}

/** An amount of money as the reader's language writes it; the price of an hour has more decimals than others. */
export function moneyText(amount: number, currency: string, decimals: 2 | 4 = 2): string {
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: decimals,
  }).format(amount);
}

/** `2026-11-29` as the reader's language writes a day. */
export function dayText(date: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));
}
