import type { FaultDomainCount } from './fault-domains.ts';
import type { MasterCount } from './spec-rules.ts';

/** What a cluster of so many masters goes through unharmed. */
export interface Survival {
  /** How many masters may fail at once. */
  mastersLost: number;
  /** Whether any one fault domain (rack) may fail. */
  rackLost: boolean;
  /** The same in words, for the screen. */
  text: string;
}

/**
 * What a cluster survives. A Swarm can be managed as long as a majority of its masters runs; an availability set
 * spreads them evenly over its fault domains, so one domain of two holds two of three masters.
 */
export function masterSurvival(masterCount: MasterCount, faultDomainCount: FaultDomainCount): Survival {
  const majority = Math.floor(masterCount / 2) + 1;
  const mastersLost = masterCount - majority;
  const largestRack = Math.ceil(masterCount / faultDomainCount);
  const rackLost = masterCount - largestRack >= majority;
  return {
    mastersLost,
    rackLost,
    text: survivalText(masterCount, faultDomainCount, mastersLost, largestRack, rackLost),
  };
}

function survivalText(
  masterCount: MasterCount,
  faultDomainCount: FaultDomainCount,
  mastersLost: number,
  largestRack: number,
  rackLost: boolean,
): string {
  if (masterCount === 1)
    return 'For testing. When the master fails, what runs on the agents keeps running, but nothing can be changed or restarted until it is back; when its disk is lost, the cluster is too.';
  const machines = `For production. Survives the loss of ${mastersLost === 1 ? 'one master' : `any ${mastersLost} masters`}.`;
  const racks = rackLost
    ? `With ${faultDomainCount} fault domains it also survives the failure of any one of them.`
    : `With ${faultDomainCount} fault domains one of them holds ${largestRack} of the ${masterCount} masters: should just that one fail, what runs keeps running, but nothing can be changed until a majority of masters is back.`;
  return `${machines} ${racks}`;
}
