import type { masterCounts } from '@slipway/cluster';

export type MasterCount = (typeof masterCounts)[number];

/**
 * What a number of masters survives. Swarm goes on managing the cluster while more than half of its masters run;
 * running containers on the agents go on even without. `faultDomains`: racks that the region spreads masters over.
 */
export function survival(count: MasterCount, faultDomains: number | undefined): string {
  switch (count) {
    case 1:
      return 'For testing. When it fails, or the rack that it stands in, the cluster cannot be managed until it is back.';
    case 3:
      return `For production. Survives the loss of 1 master.${rack(count, faultDomains)}`;
    case 5:
      return `For production. Survives the loss of 2 masters.${rack(count, faultDomains)}`;
  }
}

function rack(count: number, faultDomains: number | undefined): string {
  if (faultDomains === undefined) return '';
  const perRack = Math.ceil(count / faultDomains);
  const survives = perRack <= (count - 1) / 2;
  return survives
    ? ` It also survives the loss of a rack: this region spreads masters over ${faultDomains} fault domains.`
    : ` The loss of a whole rack can stop it: this region has ${faultDomains} fault domains, so one rack holds up to ${perRack} of ${count} masters.`;
}
