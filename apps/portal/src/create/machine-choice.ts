import type { MachineSize, MachineSizes } from '@slipway/contract';

/** How many machines of one size a cluster needs: masters and agents are of the same size. */
export interface MachineCounts {
  masters: number;
  /** NaN while the field holds no number. */
  agents: number;
}

/** vCPUs that a cluster of this size takes from the quotas; undefined while the number of agents is not known. */
export function coresNeeded(size: MachineSize, { masters, agents }: MachineCounts): number | undefined {
  const cores = size.vCpus * (masters + agents);
  return Number.isFinite(cores) ? cores : undefined;
}

/** Why a size cannot be chosen for that many machines, in a sentence; undefined when it can. */
export function sizeObstacle(
  size: MachineSize,
  { regionCoresLeft }: Pick<MachineSizes, 'regionCoresLeft'>,
  machines: MachineCounts,
): string | undefined {
  if (size.unavailable) return size.unavailable;
  const needed = coresNeeded(size, machines);
  if (needed === undefined) return undefined;
  if (size.familyCoresLeft !== undefined && needed > size.familyCoresLeft) {
    return `The cluster needs ${needed} vCPUs; the quota of this family has ${size.familyCoresLeft} left.`;
  }
  if (regionCoresLeft !== undefined && needed > regionCoresLeft) {
    return `The cluster needs ${needed} vCPUs; the region's quota has ${regionCoresLeft} left.`;
  }
  return undefined;
}

/** What a size offers, in few words: `2 vCPUs · 8 GiB memory`. */
export function sizeSummary(size: MachineSize): string {
  return `${size.vCpus} ${size.vCpus === 1 ? 'vCPU' : 'vCPUs'} · ${size.memoryGiB} GiB memory`;
}

/** A size's family without the words that all families share: `DSv5` of `standardDSv5Family`. */
export const familyName = ({ family }: Pick<MachineSize, 'family'>): string =>
  /^standard_?(.+?)_?family$/i.exec(family)?.[1] ?? family;

/** Smallest first: by vCPUs, then memory, then name. */
export function bySize(one: MachineSize, other: MachineSize): number {
  return (
    one.vCpus - other.vCpus || one.memoryGiB - other.memoryGiB || one.name.localeCompare(other.name, 'en')
  );
}
