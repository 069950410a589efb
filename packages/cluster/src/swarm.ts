import { z } from 'zod';
import type { AgentPort } from './agent-ports.ts';
import { composeCloudInit } from './cloud-init.ts';
import { defaultNetwork } from './cluster-network.ts';
import { tagsObject } from './cluster-tags.ts';
import { type FaultDomainCount, defaultFaultDomainCount } from './fault-domains.ts';
import type { ClusterSpec } from './spec.ts';
import { readSshPublicKey } from './ssh-public-key.ts';

const TEMPLATE = 'azuredeploy.json';
const MASTER_CLOUD_INIT = 'cloud-init/master.yaml';
const AGENT_CLOUD_INIT = 'cloud-init/agent.yaml';
const CONFIGURE_SCRIPT = 'scripts/configure.sh';

/**
 * The files that make a Swarm cluster, relative to this package's folder `swarm/` (also
 * `@slipway/cluster/swarm/<name>` for a module resolver). This package does no I/O: whoever has a file system reads
 * them and passes their texts in.
 */
export const swarmFileNames = [
  TEMPLATE,
  MASTER_CLOUD_INIT,
  AGENT_CLOUD_INIT,
  CONFIGURE_SCRIPT,
  'scripts/bootstrap.py',
  'scripts/bootstrap_server.py',
  'scripts/configure_node.py',
  'scripts/docker_engine.py',
  'scripts/guard-ports.sh',
  'scripts/leave_on_terminate.py',
  'scripts/listen-ssh.sh',
  'scripts/node_facts.py',
  'scripts/prepare-docker.sh',
  'scripts/reap_workers.py',
] as const;
export type SwarmFileName = (typeof swarmFileNames)[number];

/** The texts of the files, by name. */
export type SwarmFiles = Readonly<Record<SwarmFileName, string>>;

/** Parameters as ARM takes them. */
export type DeploymentParameters = Record<string, { value: unknown }>;

/** The ports that every new cluster offers. */
export const defaultAgentPorts: readonly AgentPort[] = [
  { name: 'HTTP', port: 80 },
  { name: 'HTTPS', port: 443 },
  { name: 'Port8080', port: 8080 },
];

/** Marketplace image of the machines: Ubuntu 24.04 LTS, generation 2, x64. */
const ubuntuImage = {
  publisher: 'Canonical',
  offer: 'ubuntu-24_04-lts',
  sku: 'server',
  version: 'latest',
} as const;

/** What the template must know of the region that a cluster goes into. */
export interface RegionFacts {
  faultDomainCount: FaultDomainCount;
}

const everyRegion: RegionFacts = { faultDomainCount: defaultFaultDomainCount };

/**
 * Template and parameters of a new Swarm cluster. Every parameter is given, also where the template has a default:
 * so the stack's own parameters hold all that a later update must send again unchanged.
 *
 * @param region what ARM says of the spec's region; without it, what holds in every region
 * @throws Error when a file is missing or the spec's SSH key was not validated before
 */
export function swarmDeployment(
  spec: ClusterSpec,
  files: SwarmFiles,
  region: RegionFacts = everyRegion,
): { template: Record<string, unknown>; parameters: DeploymentParameters } {
  return { template: swarmTemplate(files), parameters: deploymentParameters(spec, files, region) };
}

/** The Swarm template as ARM takes it. */
export function swarmTemplate(files: SwarmFiles): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(files[TEMPLATE]));
}

/** The parameters of a new Swarm cluster; see `swarmDeployment`. */
export function deploymentParameters(
  spec: ClusterSpec,
  files: SwarmFiles,
  { faultDomainCount }: RegionFacts = everyRegion,
): DeploymentParameters {
  const key = readSshPublicKey(spec.master.sshPublicKey);
  if (!key.accepted) throw new Error(key.message);
  const network = spec.network ?? defaultNetwork;
  return withValues({
    serviceName: spec.basics.serviceName,
    location: spec.basics.region,
    dnsPrefix: spec.master.dnsPrefix,
    adminUsername: spec.master.adminUsername,
    sshPublicKey: key.key.line,
    masterCount: spec.master.count,
    agentCount: spec.agent.count,
    agentMachineSize: spec.agent.machineSize,
    masterMachineSize: spec.agent.machineSize,
    agentPorts: defaultAgentPorts,
    faultDomainCount,
    image: ubuntuImage,
    addressSpace: network.addressSpace,
    masterSubnet: network.masterSubnet,
    agentSubnet: network.agentSubnet,
    userTags: tagsObject(spec.tags ?? []),
    masterCloudInit: composeCloudInit(files[MASTER_CLOUD_INIT], files),
    agentCloudInit: composeCloudInit(files[AGENT_CLOUD_INIT], files),
    configureScript: files[CONFIGURE_SCRIPT],
  });
}

/** What an update of a cluster may change. */
export interface ClusterChanges {
  agentCount?: number;
  agentPorts?: readonly AgentPort[];
}

const storedParametersSchema = z.record(z.string(), z.object({ value: z.unknown() }));

/**
 * The parameters of an update: the ones the cluster's stack holds, byte for byte, with only the given changes.
 * Never composed from this version's files, because Azure refuses another customData for an existing machine (409
 * `PropertyChangeNotAllowed`).
 *
 * @param stored the stack's `properties.parameters` as ARM returns them (`{ name: { type, value } }`)
 * @throws ZodError when they are not parameters; Error when one without which the cluster cannot be updated is missing
 */
export function updatedDeploymentParameters(stored: unknown, changes: ClusterChanges): DeploymentParameters {
  const values = Object.fromEntries(
    Object.entries(storedParametersSchema.parse(stored)).map(([name, { value }]) => [name, value]),
  );
  for (const name of UNCHANGEABLE) {
    if (values[name] === undefined || values[name] === null)
      throw new Error(
        `The stack does not hold the parameter ${name}: the cluster cannot be updated without it.`,
      );
  }
  return withValues({ ...values, ...changes });
}

/** What an existing machine cannot change, so what an update must know to repeat it. */
const UNCHANGEABLE = ['dnsPrefix', 'adminUsername', 'sshPublicKey', 'image', 'masterCloudInit'] as const;

function withValues(values: Record<string, unknown>): DeploymentParameters {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, { value }]),
  );
}
