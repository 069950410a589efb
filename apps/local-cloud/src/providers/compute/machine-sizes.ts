/** A machine size as Azure offers it. Figures: Microsoft's documentation of virtual machine sizes. */
export interface MachineSize {
  readonly name: string;
  /** The quota it counts against, as `usages` and `skus` name it. */
  readonly family: string;
  readonly vCpus: number;
  readonly memoryGb: number;
  readonly maxDataDisks: number;
  readonly generations: 'V1' | 'V2' | 'V1,V2';
  readonly architecture: 'x64' | 'Arm64';
  readonly hasPremiumStorage: boolean;
  readonly temporaryDiskGb: number;
}

/** A size family with the columns: name, vCPUs, memory in GB, data disks, temporary disk in GB. */
function sizes(
  family: string,
  generations: MachineSize['generations'],
  rows: readonly (readonly [string, number, number, number, number])[],
  more: { architecture?: 'Arm64'; hasPremiumStorage?: boolean } = {},
): MachineSize[] {
  return rows.map(([name, vCpus, memoryGb, maxDataDisks, temporaryDiskGb]) => ({
    name: `Standard_${name}`,
    family,
    vCpus,
    memoryGb,
    maxDataDisks,
    generations,
    architecture: more.architecture ?? 'x64',
    hasPremiumStorage: more.hasPremiumStorage ?? true,
    temporaryDiskGb,
  }));
}

/** The sizes that the local cloud offers: current families, and older ones that published templates name. */
export const machineSizes: readonly MachineSize[] = [
  ...sizes('standardBSFamily', 'V1,V2', [
    ['B1s', 1, 1, 2, 4],
    ['B1ms', 1, 2, 2, 4],
    ['B2s', 2, 4, 4, 8],
    ['B2ms', 2, 8, 4, 16],
    ['B4ms', 4, 16, 8, 32],
  ]),
  ...sizes('standardBsv2Family', 'V1,V2', [
    ['B2ts_v2', 2, 1, 4, 0],
    ['B2ls_v2', 2, 4, 4, 0],
    ['B2s_v2', 2, 8, 4, 0],
    ['B4s_v2', 4, 16, 8, 0],
  ]),
  ...sizes(
    'standardBpsv2Family',
    'V2',
    [
      ['B2pls_v2', 2, 4, 4, 0],
      ['B2ps_v2', 2, 8, 4, 0],
    ],
    { architecture: 'Arm64' },
  ),
  ...sizes('standardDSv5Family', 'V1,V2', [
    ['D2s_v5', 2, 8, 4, 0],
    ['D4s_v5', 4, 16, 8, 0],
    ['D8s_v5', 8, 32, 16, 0],
    ['D16s_v5', 16, 64, 32, 0],
  ]),
  ...sizes('standardDASv5Family', 'V1,V2', [
    ['D2as_v5', 2, 8, 4, 0],
    ['D4as_v5', 4, 16, 8, 0],
  ]),
  ...sizes(
    'standardDPSv5Family',
    'V2',
    [
      ['D2ps_v5', 2, 8, 4, 0],
      ['D4ps_v5', 4, 16, 8, 0],
    ],
    { architecture: 'Arm64' },
  ),
  ...sizes('StandardDsv6Family', 'V2', [
    ['D2s_v6', 2, 8, 8, 0],
    ['D4s_v6', 4, 16, 12, 0],
  ]),
  ...sizes('StandardDasv6Family', 'V2', [
    ['D2as_v6', 2, 8, 4, 0],
    ['D4as_v6', 4, 16, 8, 0],
  ]),
  ...sizes('standardESv5Family', 'V1,V2', [
    ['E2s_v5', 2, 16, 4, 0],
    ['E4s_v5', 4, 32, 8, 0],
  ]),
  ...sizes('StandardEsv6Family', 'V2', [
    ['E2s_v6', 2, 16, 8, 0],
    ['E4s_v6', 4, 32, 12, 0],
  ]),
  ...sizes('standardFSv2Family', 'V1,V2', [
    ['F2s_v2', 2, 4, 4, 16],
    ['F4s_v2', 4, 8, 8, 32],
    ['F8s_v2', 8, 16, 16, 64],
  ]),
  ...sizes('StandardFasv6Family', 'V2', [['F2as_v6', 2, 8, 4, 0]]),
  ...sizes('standardDSv3Family', 'V1,V2', [
    ['D2s_v3', 2, 8, 4, 16],
    ['D4s_v3', 4, 16, 8, 32],
  ]),
  ...sizes('standardDSv2Family', 'V1,V2', [
    ['DS1_v2', 1, 3.5, 4, 7],
    ['DS2_v2', 2, 7, 8, 14],
    ['DS3_v2', 4, 14, 16, 28],
  ]),
  ...sizes(
    'standardDv2Family',
    'V1',
    [
      ['D1_v2', 1, 3.5, 4, 50],
      ['D2_v2', 2, 7, 8, 100],
      ['D3_v2', 4, 14, 16, 200],
    ],
    { hasPremiumStorage: false },
  ),
  ...sizes(
    'standardDFamily',
    'V1',
    [
      ['D1', 1, 3.5, 4, 50],
      ['D2', 2, 7, 8, 100],
      ['D3', 4, 14, 16, 200],
    ],
    { hasPremiumStorage: false },
  ),
  ...sizes(
    'standardAv2Family',
    'V1',
    [
      ['A1_v2', 1, 2, 2, 10],
      ['A2_v2', 2, 4, 4, 20],
    ],
    { hasPremiumStorage: false },
  ),
  ...sizes(
    'standardA0_A7Family',
    'V1',
    [
      ['A1', 1, 1.75, 2, 70],
      ['A2', 2, 3.5, 4, 135],
      ['A3', 4, 7, 8, 285],
    ],
    { hasPremiumStorage: false },
  ),
  ...sizes('standardGSFamily', 'V1', [['GS1', 2, 28, 8, 56]]),
];

/** Families that a new subscription has no access to in a region: it may ask for it, as on Azure. */
const restrictedRegionsByFamily: Readonly<Record<string, readonly string[]>> = {
  standarddsv6family: ['brazilsouth', 'japaneast', 'francecentral'],
  standarddasv6family: ['brazilsouth', 'southeastasia'],
  standardesv6family: ['brazilsouth', 'uksouth'],
  standardfasv6family: ['westeurope', 'australiaeast'],
};

/** Regions with three fault domains for availability sets with managed disks; all others have two. */
const regionsWithThreeFaultDomains = new Set([
  'eastus',
  'eastus2',
  'westus',
  'centralus',
  'northcentralus',
  'southcentralus',
  'canadacentral',
  'northeurope',
  'westeurope',
]);

/** A size by its name, without regard to case: one that is offered, or one of the many more that Azure has. */
export function findMachineSize(name: string): MachineSize | undefined {
  return machineSizes.find((size) => size.name.toLowerCase() === name.toLowerCase()) ?? furtherSize(name);
}

/** vCPUs of the sizes of Azure's first years, which are numbered in order. */
const numberedSizes: Readonly<Record<string, readonly number[]>> = {
  a: [1, 1, 2, 4, 8, 2, 4, 8, 8, 16, 8, 16],
  d: [0, 1, 2, 4, 8, 16, 0, 0, 0, 0, 0, 2, 4, 8, 16, 20],
  g: [0, 2, 4, 8, 16, 32],
};

/** GB of memory for each vCPU of a series. */
const memoryPerCpu: Readonly<Record<string, number>> = {
  a: 1.75,
  b: 4,
  d: 4,
  e: 8,
  f: 2,
  g: 14,
  h: 7,
  l: 8,
  m: 28,
  n: 7,
};
const cpuCounts = new Set([
  1, 2, 4, 6, 8, 12, 16, 20, 24, 32, 40, 48, 64, 72, 80, 96, 104, 112, 120, 128, 192, 208, 416,
]);

/**
 * A size that is not among those that are offered, read from its name by Azure's convention: series, vCPUs, features, version
 * (`Standard_D16ds_v5`). `undefined` for a name that is none. Source: Microsoft's "Virtual machine size naming conventions".
 */
function furtherSize(name: string): MachineSize | undefined {
  const [, series = '', count = '', features = '', version = ''] =
    /^Standard_([A-HLMN][A-Z]{0,2}?)(\d{1,3})(?:-\d{1,3})?([a-z]{0,6})(?:_(?:[A-Z0-9]+_)?v(\d{1,2}))?$/i.exec(
      name,
    ) ?? [];
  const family = series.charAt(0).toLowerCase();
  const isNumbered = version === '' || (Number(version) <= 2 && family === 'd');
  const vCpus = (isNumbered ? numberedSizes[family]?.[Number(count)] : undefined) ?? Number(count);
  if (!cpuCounts.has(vCpus) || memoryPerCpu[family] === undefined) return undefined;
  const hasPremiumStorage = /s/i.test(features) || /^[dfgl]s$/i.test(series);
  return {
    name,
    family: `standard${series.toUpperCase()}${features.toUpperCase()}${version === '' ? '' : `v${version}`}Family`,
    vCpus,
    memoryGb: vCpus * memoryPerCpu[family],
    maxDataDisks: Math.min(64, vCpus * 2 + 2),
    generations: Number(version) >= 6 ? 'V2' : Number(version) >= 2 && hasPremiumStorage ? 'V1,V2' : 'V1',
    architecture: /p/i.test(features) ? 'Arm64' : 'x64',
    hasPremiumStorage,
    temporaryDiskGb: Number(version) >= 4 && !/d/i.test(features) ? 0 : vCpus * 8,
  };
}

/** Whether a subscription may use a size in a region. */
export function isRestricted(size: MachineSize, location: string): boolean {
  return restrictedRegionsByFamily[size.family.toLowerCase()]?.includes(location) ?? false;
}

/** How many fault domains an availability set can have in a region. */
export function maximumFaultDomains(location: string): 2 | 3 {
  return regionsWithThreeFaultDomains.has(location) ? 3 : 2;
}
