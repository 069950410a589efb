import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type ClusterChanges,
  type DeploymentParameters,
  type SwarmFiles,
  swarmFileNames,
  updatedDeploymentParameters,
} from '@slipway/cluster';
import type { ClusterPath } from '@slipway/contract';
import { type ArmPlace, armClients } from '../fixtures/arm-clients.ts';

/** The files of this version of Slipway that make a Swarm. */
export const swarmFiles = Object.fromEntries(
  swarmFileNames.map((name) => [
    name,
    readFileSync(fileURLToPath(import.meta.resolve(`@slipway/cluster/swarm/${name}`)), 'utf8'),
  ]),
) as SwarmFiles;

/** A cluster as its stack holds it. */
export interface StoredCluster {
  template: Record<string, unknown>;
  /** As ARM returns them: `{ name: { type, value } }`. */
  parameters: unknown;
  tags: Record<string, string>;
}

/** Reads what a cluster's stack holds. */
export async function readStored(
  place: ArmPlace,
  { resourceGroup, name }: ClusterPath,
): Promise<StoredCluster> {
  const { deploymentStacks } = armClients(place).stacks;
  const [stack, exported] = await Promise.all([
    deploymentStacks.getAtResourceGroup(resourceGroup, name),
    deploymentStacks.exportTemplateAtResourceGroup(resourceGroup, name),
  ]);
  return {
    template: exported.template ?? {},
    parameters: stack.properties?.parameters,
    tags: stack.tags ?? {},
  };
}

/** Submits a cluster's stack, again or for the first time, and waits for its end; throws ARM's error when it fails. */
export async function submitStack(
  place: ArmPlace,
  { resourceGroup, name }: ClusterPath,
  {
    template,
    parameters,
    tags = { 'slipway-cluster': name },
  }: {
    template: Record<string, unknown>;
    parameters: DeploymentParameters;
    tags?: Record<string, string>;
  },
): Promise<void> {
  const stack = await armClients(place).stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    resourceGroup,
    name,
    {
      tags,
      properties: {
        template,
        parameters,
        actionOnUnmanage: { resources: 'delete', resourceGroups: 'detach' },
        denySettings: { mode: 'none' },
      },
    },
    { updateIntervalInMs: 500 },
  );
  const { provisioningState, error } = stack.properties ?? {};
  if (provisioningState?.toLowerCase() !== 'succeeded')
    throw new Error(`The stack ${name} ended as ${provisioningState}: ${JSON.stringify(error)}`);
}

/** Submits a cluster's stack again with what it holds and these changes; see `submitStack`. */
export async function updateStack(
  place: ArmPlace,
  path: ClusterPath,
  changes: ClusterChanges,
): Promise<void> {
  const stored = await readStored(place, path);
  const parameters = updatedDeploymentParameters(stored.parameters, changes);
  await submitStack(place, path, { ...stored, parameters });
}

/** A line that only an older Slipway writes into the machines' cloud-init. */
export const olderLine = '# As an older Slipway wrote it.';

/** The files as that older Slipway had them. */
export const olderFiles: SwarmFiles = {
  ...swarmFiles,
  'cloud-init/master.yaml': `${swarmFiles['cloud-init/master.yaml']}${olderLine}\n`,
  'cloud-init/agent.yaml': `${swarmFiles['cloud-init/agent.yaml']}${olderLine}\n`,
};
