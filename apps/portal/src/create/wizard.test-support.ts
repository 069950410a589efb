import type { MachineSize } from '@slipway/contract';
import { type Draft, defaultNetworkDraft } from './draft.ts';

/** A wizard filled in to the end. */
export const completeDraft: Draft = {
  basics: {
    serviceName: 'orders',
    subscriptionId: '11111111-2222-3333-4444-555555555555',
    resourceGroup: { kind: 'new', name: 'orders-group' },
    region: 'westeurope',
  },
  master: {
    orchestrator: 'swarm',
    dnsPrefix: 'orders',
    adminUsername: 'azureuser',
    sshPublicKey:
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f me@laptop',
    count: 3,
  },
  agent: { count: '3', machineSize: 'Standard_D2s_v5' },
  network: defaultNetworkDraft,
  tags: [],
};

export const twoCores: MachineSize = {
  name: 'Standard_D2s_v5',
  family: 'standardDSv5Family',
  vCpus: 2,
  memoryGiB: 8,
  familyCoresLeft: 20,
};

/** Storage as a browser has it, for one test. */
export function memoryStorage() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string): string | null => values.get(key) ?? null,
    setItem: (key: string, value: string): void => void values.set(key, value),
    removeItem: (key: string): void => void values.delete(key),
    content: (): string => [...values.values()].join('\n'),
  };
}
