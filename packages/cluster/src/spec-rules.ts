import { readSshPublicKey } from './ssh-public-key.ts';

/** Masters of a cluster: one for testing, three or five for production. */
export const masterCounts = [1, 3, 5] as const;
export type MasterCount = (typeof masterCounts)[number];

export const MIN_AGENTS = 1;
export const MAX_AGENTS = 100;

/** Says what is wrong with a service name (the deployment stack's name), or nothing. */
export function checkServiceName(value: string): string | undefined {
  if (value === '') return 'Enter a name for the container service.';
  if (value.length > 90) return `A service name has at most 90 characters; this one has ${value.length}.`;
  if (!/^[A-Za-z0-9\-_.()]+$/.test(value))
    return 'Use only letters, digits, hyphens, underscores, full stops and parentheses in the service name.';
  // A name of dots alone would be taken for a path step (“..”) in the cluster's address.
  if (!/[A-Za-z0-9]/.test(value)) return 'A service name needs at least one letter or digit.';
  return undefined;
}

/** Says what is wrong with a subscription's id, or nothing. */
export function checkSubscriptionId(value: string): string | undefined {
  if (value === '') return 'Choose a subscription.';
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value))
    return 'A subscription id is a GUID such as 11111111-2222-3333-4444-555555555555. Choose one from the list.';
  return undefined;
}

/** Says what is wrong with the name of a resource group, or nothing. */
export function checkResourceGroupName(value: string): string | undefined {
  if (value === '') return 'Choose a resource group, or enter a name for a new one.';
  if (value.length > 90)
    return `A resource group's name has at most 90 characters; this one has ${value.length}.`;
  // ARM takes the letters and digits of every script here.
  if (!/^[\p{L}\p{Nd}\-_.()]+$/u.test(value))
    return "Use only letters, digits, hyphens, underscores, full stops and parentheses in the resource group's name.";
  if (value.endsWith('.')) return "A resource group's name cannot end with a full stop.";
  return undefined;
}

/** Says what is wrong with a region's name (`westeurope`), or nothing. */
export function checkRegion(value: string): string | undefined {
  if (value === '') return 'Choose a region.';
  if (!/^[a-z0-9]{1,60}$/.test(value))
    return "A region's name has only lower-case letters and digits, for example westeurope. Choose one from the list.";
  return undefined;
}

/**
 * Says what is wrong with a DNS prefix, or nothing. At most 45 characters, so that `<prefix>agents` and its
 * resource names stay within a label's 63. Whether it is free in the region only Azure can say.
 */
export function checkDnsPrefix(value: string): string | undefined {
  if (value === '') return "Enter a DNS name prefix: the cluster's addresses start with it.";
  if (/[A-Z]/.test(value)) return 'Use lower-case letters only in the DNS prefix.';
  if (!/^[a-z0-9-]+$/.test(value))
    return 'Use only lower-case letters, digits and hyphens in the DNS prefix.';
  if (!/^[a-z]/.test(value)) return 'The DNS prefix starts with a letter.';
  if (value.length < 3) return 'The DNS prefix has at least 3 characters.';
  if (value.length > 45) return `The DNS prefix has at most 45 characters; this one has ${value.length}.`;
  if (value.endsWith('-')) return 'The DNS prefix ends with a letter or a digit, not with a hyphen.';
  return undefined;
}

/** Says what is wrong with a pasted SSH public key, or nothing when Azure takes it. */
export function checkSshPublicKey(value: string): string | undefined {
  const reading = readSshPublicKey(value);
  return reading.accepted ? undefined : reading.message;
}

/** Says what is wrong with a number of masters, or nothing. */
export function checkMasterCount(value: number): string | undefined {
  return masterCounts.some((count) => count === value)
    ? undefined
    : 'Choose 1 master for testing, or 3 or 5 for production: an odd number keeps a majority when one fails.';
}

/** Says what is wrong with a number of agents, or nothing. */
export function checkAgentCount(value: number): string | undefined {
  if (!Number.isInteger(value)) return 'Enter the number of agents as a whole number.';
  if (value < MIN_AGENTS) return `A cluster has at least ${MIN_AGENTS} agent.`;
  if (value > MAX_AGENTS) return `A cluster has at most ${MAX_AGENTS} agents.`;
  return undefined;
}

/** Says what is wrong with a machine size's name, or nothing. Whether a region offers it only Azure can say. */
export function checkMachineSize(value: string): string | undefined {
  if (value === '') return 'Choose a machine size.';
  if (!/^[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_-]{1,60}$/.test(value))
    return 'A machine size is named like Standard_D2s_v5. Choose one from the list.';
  return undefined;
}
