import { defaultFaultDomainCount, masterCounts, masterSurvival } from '@slipway/cluster';
import type { ClusterState, Machine, MachineAction, MachinePower } from '@slipway/contract';

/** A machine's power in words. */
export const powerWords: Readonly<Record<MachinePower, string>> = {
  starting: 'Starting',
  running: 'Running',
  stopping: 'Stopping',
  stopped: 'Stopped',
  deallocating: 'Deallocating',
  deallocated: 'Deallocated',
  unknown: 'Not known',
};

export const roleWords = { master: 'Master', agent: 'Agent' } as const;

/** What each action is called, while it goes on, and when it is over; and what it means for the machine. */
export const actionWords: Readonly<
  Record<MachineAction, { name: string; going: string; done: string; failed: string; meaning: string }>
> = {
  start: {
    name: 'Start',
    going: 'is being started',
    done: 'has started',
    failed: 'could not be started',
    meaning: 'Switches the machine on. What is on its disk is as it was.',
  },
  restart: {
    name: 'Restart',
    going: 'is being restarted',
    done: 'has restarted',
    failed: 'could not be restarted',
    meaning: 'Shuts the machine down and starts it again, in its place.',
  },
  powerOff: {
    name: 'Stop',
    going: 'is being stopped',
    done: 'has stopped',
    failed: 'could not be stopped',
    meaning: 'Shuts the machine down. It stays allocated: it keeps its place, and on Azure its price.',
  },
  deallocate: {
    name: 'Deallocate',
    going: 'is being deallocated',
    done: 'is deallocated',
    failed: 'could not be deallocated',
    meaning:
      'Shuts the machine down and gives its place up: on Azure only its disk is paid for then, and starting it again needs a free place.',
  },
};

const transitional: ReadonlySet<MachinePower> = new Set(['starting', 'stopping', 'deallocating']);

/** Why an action makes no sense now; `undefined` where it does. */
export function obstacleTo(
  action: MachineAction,
  { power }: Pick<Machine, 'power'>,
  clusterState?: ClusterState,
): string | undefined {
  if (clusterState === 'deleting') return 'The container service is being deleted.';
  if (transitional.has(power))
    return `Wait until it has come to rest: it is ${powerWords[power].toLowerCase()}.`;
  switch (action) {
    case 'start':
      return power === 'running' ? 'It runs already.' : undefined;
    case 'restart':
      return power === 'stopped' || power === 'deallocated'
        ? 'It does not run: start it instead.'
        : undefined;
    case 'powerOff':
      if (power === 'stopped') return 'It is stopped already.';
      return power === 'deallocated' ? 'It is deallocated, and with that stopped already.' : undefined;
    case 'deallocate':
      return power === 'deallocated' ? 'It is deallocated already.' : undefined;
  }
}

/** Whether an action takes something away from a running machine, and has to be confirmed. */
export const interrupts = (action: MachineAction, { power }: Pick<Machine, 'power'>): boolean =>
  action !== 'start' && (power === 'running' || power === 'unknown');

/** What becomes of the Swarm when a machine of it is interrupted, as far as its machines tell. */
export function interruptionText(machine: Machine, machines: readonly Machine[]): string {
  const peers = machines.filter(({ role }) => role !== undefined && role === machine.role);
  const left = peers.filter(({ id, power }) => id !== machine.id && power === 'running').length;
  if (machine.role === 'master') return masterText(peers.length, left);
  if (machine.role === 'agent')
    return left === 0
      ? 'What runs on this agent stops, and no other agent runs that could take it over.'
      : `What runs on this agent stops. Swarm starts the tasks of services again on the other ${left === 1 ? 'agent' : `${left} agents`}; containers that were started by hand are not moved.`;
  return 'What runs on this machine stops.';
}

function masterText(masters: number, left: number): string {
  if (masters === 1)
    return 'It is the only master. What runs on the agents keeps running, but nothing can be changed or restarted until the master is back.';
  const count = masterCounts.find((known) => known === masters);
  const mayFail = count === undefined ? 0 : masterSurvival(count, defaultFaultDomainCount).mastersLost;
  const remaining = `${left} of ${masters} masters ${left === 1 ? 'remains' : 'remain'}`;
  // Five masters are the most: at best two of them may be lost.
  const spare = mayFail - (masters - left);
  if (spare < 0)
    return `${remaining}, and that is no majority: what runs keeps running, but nothing can be changed or restarted until a majority of masters is back.`;
  const more = spare === 0 ? 'no other master may be lost meanwhile' : 'only one more may be lost meanwhile';
  return `${remaining}, and that is a majority: the Swarm goes on as before, but ${more}.`;
}
