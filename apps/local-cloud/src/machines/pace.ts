import type { WorkKind } from '../providers/provider.ts';

/** How quickly simulated work runs: like Azure scaled down, in seconds, or at once. */
export type Pace = 'realistic' | 'fast' | 'instant';

interface WorkTime {
  /** How long one unit takes at the pace `realistic`. */
  readonly firstMs: number;
  /** What each further unit adds: Azure starts scale-set instances side by side, with some delay between them. */
  readonly furtherMs: number;
}

/**
 * Times at the pace `realistic`, scaled so that the longest chain of a Docker Swarm cluster (address → load balancer →
 * interface → machine → extension → scale set with two agents) takes about a minute. The proportions follow what
 * deployment histories of Azure show: addresses and networks 3–6 s, load balancers 2–5 s, interfaces 1–3 s, storage
 * accounts 20–25 s, machines 45–90 s, extensions 60–180 s with what they install, scale sets 60–120 s.
 */
const workTimes: Readonly<Record<WorkKind, WorkTime>> = {
  publicIp: { firstMs: 2_500, furtherMs: 0 },
  network: { firstMs: 3_000, furtherMs: 0 },
  securityGroup: { firstMs: 2_000, furtherMs: 0 },
  loadBalancer: { firstMs: 3_000, furtherMs: 0 },
  networkInterface: { firstMs: 2_000, furtherMs: 0 },
  availabilitySet: { firstMs: 1_000, furtherMs: 0 },
  storageAccount: { firstMs: 8_000, furtherMs: 0 },
  disk: { firstMs: 2_000, furtherMs: 0 },
  virtualMachine: { firstMs: 18_000, furtherMs: 0 },
  extension: { firstMs: 14_000, furtherMs: 0 },
  scaleSet: { firstMs: 20_000, furtherMs: 200 },
  scaleSetInstance: { firstMs: 5_000, furtherMs: 0 },
  power: { firstMs: 6_000, furtherMs: 0 },
  generic: { firstMs: 1_000, furtherMs: 0 },
};

/** What a duration at `realistic` is multiplied by. */
const paceFactors: Readonly<Record<Pace, number>> = { realistic: 1, fast: 0.08, instant: 0 };

/**
 * How long a piece of simulated work takes, in milliseconds. `units` counts what is worked on (scale-set instances);
 * none takes no time. `factor` slows down (above 1) or speeds up (below 1) every pace alike. The result is a whole
 * number, and 0 at the pace `instant`.
 */
export function workDurationMs(work: WorkKind, units: number, pace: Pace, factor = 1): number {
  if (units <= 0) return 0;
  const { firstMs, furtherMs } = workTimes[work];
  return Math.round((firstMs + furtherMs * (units - 1)) * paceFactors[pace] * factor);
}

/** Azure's stacks and groups try for about four hours to delete what does not go; here it is as many minutes. */
const deletionPatienceRealisticMs = 240_000;
const leastPatienceMs = 1_000;

/** For how long, in milliseconds, the deletion of many resources waits when nothing is left that could still end. */
export function deletionPatienceMs(pace: Pace, factor = 1): number {
  return Math.max(leastPatienceMs, Math.round(deletionPatienceRealisticMs * paceFactors[pace] * factor));
}
