import { type MachineSizes, coresLeftFor } from '@slipway/contract';

/** What another number of agents takes from the quotas, or gives back to them. */
export interface QuotaTaken {
  /** In words: what it takes and what is left. */
  words: string[];
  /** Why the quotas do not allow it. */
  obstacle: string | undefined;
}

const machines = (count: number): string => `${count} ${count === 1 ? 'machine' : 'machines'}`;

/** Says what a change from `now` to `wanted` machines means for the quotas; undefined where the size is not known. */
export function quotaTaken(
  sizes: MachineSizes,
  machineSize: string,
  { now, wanted }: { now: number; wanted: number },
): QuotaTaken | undefined {
  const size = sizes.sizes.find(({ name }) => name.toLowerCase() === machineSize.toLowerCase());
  if (!size) return undefined;
  const { regionCoresLeft, regionCoresLimit } = sizes;
  const cores = (wanted - now) * size.vCpus;
  const left = coresLeftFor(size, sizes);
  const words = [
    ...(cores > 0
      ? [`${machines(wanted - now)} more ${wanted - now === 1 ? 'needs' : 'need'} ${cores} vCPUs.`]
      : []),
    ...(cores < 0
      ? [`${machines(now - wanted)} less ${now - wanted === 1 ? 'gives' : 'give'} ${-cores} vCPUs back.`]
      : []),
    ...(regionCoresLeft === undefined
      ? []
      : [
          `The region’s quota has ${regionCoresLeft}${regionCoresLimit === undefined ? '' : ` of ${regionCoresLimit}`} vCPUs left.`,
        ]),
    ...(size.familyCoresLeft === undefined
      ? []
      : [`The quota of the family of ${size.name} has ${size.familyCoresLeft} left.`]),
  ];
  return { words, obstacle: cores > 0 ? obstacleOf(size.unavailable, size.name, cores, left) : undefined };
}

function obstacleOf(
  unavailable: string | undefined,
  name: string,
  cores: number,
  left: number,
): string | undefined {
  if (cores > left)
    return `This needs ${cores} vCPUs more, and the quota leaves ${left}. Choose fewer agents, or ask Azure for a higher quota.`;
  return unavailable === undefined ? undefined : `There can be no more machines of ${name}: ${unavailable}`;
}
