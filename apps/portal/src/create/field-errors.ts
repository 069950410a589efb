import {
  checkAdminUsername,
  checkAgentCount,
  checkDnsPrefix,
  checkMachineSize,
  checkMasterCount,
  checkNetwork,
  checkRegion,
  checkResourceGroupName,
  checkServiceName,
  checkSshPublicKey,
  checkSubscriptionId,
  checkTags,
} from '@slipway/cluster';
import type {
  ClusterPath,
  DnsAvailability,
  MachineSizes,
  Region,
  ResourceGroup,
  Subscription,
} from '@slipway/contract';
import { type Draft, networkOf, parseCount, tagsOf } from './draft.ts';
import type { FieldPath } from './fields.ts';
import { sizeObstacle } from './machine-choice.ts';

export type FieldErrors = Partial<Record<FieldPath, string>>;

/** What the cloud says about the values chosen so far; each part is absent until it is known. */
export interface CloudFacts {
  clusters?: readonly ClusterPath[] | undefined;
  resourceGroups?: readonly ResourceGroup[] | undefined;
  subscriptions?: readonly Subscription[] | undefined;
  regions?: readonly Region[] | undefined;
  machineSizes?: MachineSizes | undefined;
  /** The answer for the prefix that the draft holds now. */
  dns?: DnsAvailability | undefined;
}

/** Fields that break a rule which holds whatever the cloud says. */
export function ruleErrors(draft: Draft): FieldErrors {
  const { basics, master, agent } = draft;
  const network = new Map(checkNetwork(networkOf(draft)).map(({ path, message }) => [path, message]));
  return withoutEmpty({
    'basics.serviceName': checkServiceName(basics.serviceName),
    'basics.subscriptionId': checkSubscriptionId(basics.subscriptionId),
    'basics.resourceGroup.name': checkResourceGroupName(basics.resourceGroup.name),
    'basics.region': checkRegion(basics.region),
    'master.dnsPrefix': checkDnsPrefix(master.dnsPrefix),
    'master.adminUsername': checkAdminUsername(master.adminUsername),
    'master.sshPublicKey': checkSshPublicKey(master.sshPublicKey),
    'master.count': checkMasterCount(master.count),
    'agent.count': checkAgentCount(parseCount(agent.count)),
    'agent.machineSize': checkMachineSize(agent.machineSize),
    'network.addressSpace': network.get('addressSpace'),
    'network.masterSubnet': network.get('masterSubnet'),
    'network.agentSubnet': network.get('agentSubnet'),
    tags: tagErrors(draft)[0]?.message,
  });
}

/** What is wrong with the tags, each with the row and the part of it. */
export function tagErrors(draft: Draft): { row: number; part: 'name' | 'value'; message: string }[] {
  const tags = tagsOf(draft);
  return checkTags(tags).map(({ index, part, message }) => ({
    row: tags[index]?.row ?? index,
    part,
    message,
  }));
}

/** Fields whose value the cloud would refuse, from what it has said so far. */
export function cloudErrors(draft: Draft, facts: CloudFacts): FieldErrors {
  const { basics, master, agent } = draft;
  return withoutEmpty({
    'basics.serviceName': takenName(draft, facts.clusters),
    'basics.subscriptionId': facts.subscriptions?.every(
      ({ subscriptionId }) => subscriptionId !== basics.subscriptionId.toLowerCase(),
    )
      ? 'There is no such subscription, or the portal may not use it. Choose another.'
      : undefined,
    'basics.resourceGroup.name': groupObstacle(draft, facts.resourceGroups),
    'basics.region':
      facts.regions && !facts.regions.some(({ name }) => name === basics.region)
        ? 'This region is not offered to the subscription. Choose another.'
        : undefined,
    'master.dnsPrefix': takenLabels(facts.dns),
    'agent.machineSize': sizeError(agent.machineSize, facts.machineSizes, {
      masters: master.count,
      agents: parseCount(agent.count),
    }),
  });
}

/** All errors of the wizard's fields: broken rules first, then what the cloud would refuse. */
export function allErrors(draft: Draft, facts: CloudFacts): FieldErrors {
  return { ...cloudErrors(draft, facts), ...ruleErrors(draft) };
}

const sameText = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function takenName({ basics }: Draft, clusters: CloudFacts['clusters']): string | undefined {
  const taken = clusters?.some(
    (cluster) =>
      sameText(cluster.name, basics.serviceName) &&
      sameText(cluster.resourceGroup, basics.resourceGroup.name) &&
      sameText(cluster.subscriptionId, basics.subscriptionId),
  );
  return taken
    ? 'There is a container service of this name in the resource group already. Choose another name or group.'
    : undefined;
}

function groupObstacle({ basics }: Draft, groups: CloudFacts['resourceGroups']): string | undefined {
  if (!groups) return undefined;
  const { kind, name } = basics.resourceGroup;
  const exists = groups.some((group) => sameText(group.name, name));
  if (kind === 'new' && exists) {
    return 'There is a resource group of this name already. Choose another name, or use the existing group.';
  }
  if (kind === 'existing' && !exists) {
    return 'The subscription has no resource group of this name any more. Choose another.';
  }
  return undefined;
}

function takenLabels(dns: DnsAvailability | undefined): string | undefined {
  if (!dns || dns.available) return undefined;
  const taken = dns.labels.filter((label) => !label.available).map((label) => label.fqdn);
  if (taken.length === 0) return 'This prefix is not available in the region. Choose another.';
  return `${taken.join(' and ')} ${taken.length === 1 ? 'is' : 'are'} already taken. Choose another prefix.`;
}

function sizeError(
  name: string,
  known: MachineSizes | undefined,
  machines: { masters: number; agents: number },
): string | undefined {
  if (!known) return undefined;
  const size = known.sizes.find((each) => sameText(each.name, name));
  if (!size) return 'This size is not offered in the region. Choose another.';
  return sizeObstacle(size, known, machines);
}

function withoutEmpty(errors: Partial<Record<FieldPath, string | undefined>>): FieldErrors {
  return Object.fromEntries(Object.entries(errors).filter(([, message]) => message !== undefined));
}
