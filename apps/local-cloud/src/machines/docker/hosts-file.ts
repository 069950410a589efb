import type { NetworkPlan } from '../network/network-plan.ts';

/** A host name of RFC 1123, with the underscore that names of scale-set instances may contain. */
const hostNamePattern = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?$/;

/**
 * The names of a network's machines as lines of a hosts file, `address name`, for the network's DNS. A computer name
 * that is no host name cannot be asked for and is left out.
 */
export function hostsFile(plan: NetworkPlan): string {
  return plan.interfaces
    .filter(({ hostName }) => hostNamePattern.test(hostName))
    .map(({ address, hostName }) => `${address} ${hostName}\n`)
    .join('');
}
