import { masterCounts, masterSurvival } from '@slipway/cluster';
import type { ArmResource, Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { useClusterResources } from '../api/cluster-resources.ts';
import { usePageStyles } from './page-styles.ts';

/** What the cluster survives, from its masters and the fault domains of its own availability set. */
export function Survival({ cluster }: { cluster: Cluster }): JSX.Element {
  const styles = usePageStyles();
  const { data: resources } = useClusterResources(cluster, false);
  const masterCount = masterCounts.find((count) => count === cluster.masterCount);
  // Until the availability set itself is read, what it was asked for counts.
  const faultDomains =
    resources?.map(faultDomainsOf).find((count) => count !== undefined) ?? cluster.faultDomainCount;
  if (masterCount === undefined || (faultDomains === undefined && masterCount > 1)) {
    return <p className={styles.text}>Known once the masters’ availability set exists.</p>;
  }
  return <p className={styles.text}>{masterSurvival(masterCount, faultDomains ?? 2).text}</p>;
}

/** How many fault domains an availability set spreads its machines over; undefined for any other resource. */
function faultDomainsOf({ type, properties }: ArmResource): 2 | 3 | undefined {
  if (type.toLowerCase() !== 'microsoft.compute/availabilitysets') return undefined;
  const count = properties?.['platformFaultDomainCount'];
  return count === 2 || count === 3 ? count : undefined;
}
