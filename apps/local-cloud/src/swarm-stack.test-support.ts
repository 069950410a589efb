import { readFileSync } from 'node:fs';
import type { DeploymentStack } from '@azure/arm-resourcesdeploymentstacks';

/** The template of packages/cluster. */
export const swarmTemplate = JSON.parse(
  readFileSync(new URL('../../../packages/cluster/swarm/azuredeploy.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
const sshKey = `ssh-ed25519 ${Buffer.concat([
  Buffer.from([0, 0, 0, 11]),
  Buffer.from('ssh-ed25519'),
  Buffer.from([0, 0, 0, 32]),
  Buffer.alloc(32, 7),
]).toString('base64')}`;

interface SwarmOptions {
  masterCount?: number;
  agentCount?: number;
  dnsPrefix?: string;
  /** Parameters that differ from those of an ordinary cluster. */
  more?: Record<string, unknown>;
}

/** The parameters of the Swarm template in ARM's form. */
export function swarmParameters(options: SwarmOptions = {}): Record<string, { value: unknown }> {
  const { masterCount = 3, agentCount = 2, dnsPrefix = 'demo', more = {} } = options;
  return Object.fromEntries(
    Object.entries({
      serviceName: 'demo',
      dnsPrefix,
      adminUsername: 'sailor',
      sshPublicKey: sshKey,
      masterCount,
      agentCount,
      masterCloudInit: '#cloud-config',
      agentCloudInit: '#cloud-config',
      configureScript: 'true',
      ...more,
    }).map(([name, value]) => [name, { value }]),
  );
}

/** A Docker Swarm cluster as a deployment stack, from the template that the portal deploys. */
export function swarmStack(options: SwarmOptions = {}): DeploymentStack {
  return {
    properties: {
      template: swarmTemplate,
      parameters: swarmParameters(options),
      actionOnUnmanage: { resources: 'delete' },
      denySettings: { mode: 'none' },
    },
  };
}
