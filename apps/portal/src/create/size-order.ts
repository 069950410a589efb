import type { MachinePrices, MachineSize } from '@slipway/contract';
import { bySize, familyName } from './machine-choice.ts';
import { pricePerHour } from './machine-cost.ts';

/** What the sizes can be sorted by. */
export const sizeColumns = ['name', 'vCpus', 'memory', 'dataDisks', 'tempDisk', 'quota', 'price'] as const;
export type SizeColumn = (typeof sizeColumns)[number];

export interface SizeOrder {
  column: SizeColumn;
  descending: boolean;
}

/** The order at the beginning: smallest first. */
export const smallestFirst: SizeOrder = { column: 'vCpus', descending: false };

/** The order after a column's head was pressed: by it, or the other way round when it was that already. */
export const nextOrder = (order: SizeOrder, column: SizeColumn): SizeOrder => ({
  column,
  descending: order.column === column && !order.descending,
});

/** The sizes in which every word of the query occurs: in the name, the family, or as `4 vCPUs` or `16 GiB`. */
export function matchingSizes(sizes: readonly MachineSize[], query: string): readonly MachineSize[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return sizes;
  return sizes.filter((size) => {
    const searched = `${size.name} ${size.family} ${familyName(size)} ${size.vCpus} vcpus ${size.memoryGiB} gib`;
    return words.every((word) => searched.toLowerCase().includes(word));
  });
}

/** Sizes in an order; those of which a value is not known come last either way, equals smallest first. */
export function inOrder(
  sizes: readonly MachineSize[],
  { column, descending }: SizeOrder,
  prices: MachinePrices | undefined,
): MachineSize[] {
  const direction = descending ? -1 : 1;
  if (column === 'name')
    return sizes.toSorted(
      (one, other) => direction * one.name.localeCompare(other.name, 'en', { numeric: true }),
    );
  const values = new Map(sizes.map((size) => [size, valueOf(size, column, prices)]));
  return sizes.toSorted((one, other) => {
    const [left, right] = [values.get(one), values.get(other)];
    if (left === right) return bySize(one, other);
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return direction * (left - right);
  });
}

function valueOf(
  size: MachineSize,
  column: Exclude<SizeColumn, 'name'>,
  prices: MachinePrices | undefined,
): number | undefined {
  switch (column) {
    case 'vCpus':
      return size.vCpus;
    case 'memory':
      return size.memoryGiB;
    case 'dataDisks':
      return size.maxDataDisks;
    case 'tempDisk':
      return size.tempDiskGiB;
    case 'quota':
      return size.familyCoresLeft;
    case 'price':
      return pricePerHour(size.name, prices);
  }
}
