import { readFileSync } from 'node:fs';
import type { ClusterSpec } from './spec.ts';
import { type SwarmFiles, swarmFileNames } from './swarm.ts';
import type { MasterCount } from './spec-rules.ts';

/** A public key made with ssh-keygen. */
export const testKey = readFileSync(
  new URL('../fixtures/ssh-keys/ed25519-256.pub', import.meta.url),
  'utf8',
).trim();

/** A spec that is valid, of a cluster with the given number of masters. */
export function specOf(masterCount: MasterCount = 3): ClusterSpec {
  return {
    basics: {
      serviceName: 'harbour',
      subscriptionId: '11111111-2222-3333-4444-555555555555',
      resourceGroup: { kind: 'new', name: 'harbour-group' },
      region: 'westeurope',
    },
    master: {
      orchestrator: 'swarm',
      dnsPrefix: 'harbour',
      adminUsername: 'azureuser',
      sshPublicKey: testKey,
      count: masterCount,
    },
    agent: { count: 2, machineSize: 'Standard_D2s_v5' },
  };
}

export const swarmFile = (name: string): string =>
  readFileSync(new URL(`../swarm/${name}`, import.meta.url), 'utf8');

/** The package's own files, as the backend reads them. */
export function readSwarmFiles(): SwarmFiles {
  const texts: Partial<Record<keyof SwarmFiles, string>> = {};
  for (const name of swarmFileNames) texts[name] = swarmFile(name);
  return texts as SwarmFiles;
}
