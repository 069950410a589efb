/** An ARM id, read: of a resource, a part of one, a resource group, a subscription or something of the tenant. */
export interface ArmId {
  /** In lower case, as far as it is well-formed: what is compared. */
  id: string;
  /** The same as it was written. */
  written: string;
  /** For example `Microsoft.Network/virtualNetworks/subnets`. */
  type: string;
  name: string;
  subscription: string | undefined;
  resourceGroup: string | undefined;
}

/** Longer texts are no ids; ARM's own longest have a few hundred characters. */
const longestId = 4096;
const slash = '/'.charCodeAt(0);

/** Whether a text is written like an ARM id; what only contains one, such as an address, is not. */
export function isArmId(text: string): boolean {
  if (text.charCodeAt(0) !== slash || text.length > longestId) return false;
  return idPattern.test(text);
}
const idPattern = /^\/(?:subscriptions\/[^/]+|providers\/[^/]+\/[^/]+\/[^/]+)(?:\/[^/]+)*\/?$/i;

/**
 * Reads an ARM id, as far as it is well-formed: `…/virtualMachines/vm/start` is read as the machine, a provider without a
 * resource as the group or subscription that it stands in. Undefined for a text that is none.
 */
export function readArmId(text: string): ArmId | undefined {
  if (!isArmId(text)) return undefined;
  const segments = text.split('/').filter((segment) => segment !== '');
  const is = (index: number, word: string): boolean => segments[index]?.toLowerCase() === word;
  let end = 0;
  let type = '';
  let subscription: string | undefined;
  let resourceGroup: string | undefined;
  if (is(0, 'subscriptions')) {
    subscription = segments[1];
    type = 'Microsoft.Resources/subscriptions';
    end = 2;
    if (is(2, 'resourcegroups') && segments[3] !== undefined) {
      resourceGroup = segments[3];
      type = 'Microsoft.Resources/resourceGroups';
      end = 4;
    }
  }
  while (is(end, 'providers')) {
    const types = [segments[end + 1]];
    let at = end + 2;
    for (; at + 1 < segments.length && !is(at, 'providers'); at += 2) types.push(segments[at]);
    if (types.length < 2) break;
    type = types.join('/');
    end = at;
  }
  const name = segments[end - 1];
  if (name === undefined || type === '') return undefined;
  const written = `/${segments.slice(0, end).join('/')}`;
  return { id: written.toLowerCase(), written, type, name, subscription, resourceGroup };
}

/** Resources whose children are only parts of them: rules, pools, probes, configurations. */
const indivisible = new Set([
  'microsoft.network/loadbalancers',
  'microsoft.network/applicationgateways',
  'microsoft.network/azurefirewalls',
  'microsoft.network/bastionhosts',
  'microsoft.network/networkinterfaces',
  'microsoft.network/virtualnetworkgateways',
]);

/** The resource that an id stands for or names a part of: a pool's id stands for its load balancer. */
export function wholeOf(armId: ArmId): ArmId {
  const types = armId.type.split('/');
  const isPart =
    types.length > 2 &&
    (indivisible.has(types.slice(0, 2).join('/').toLowerCase()) ||
      types.at(-1)?.toLowerCase() === 'ipconfigurations');
  if (!isPart) return armId;
  const written = armId.written.split('/').slice(0, -2).join('/');
  const name = written.slice(written.lastIndexOf('/') + 1);
  return wholeOf({ ...armId, id: written.toLowerCase(), written, name, type: types.slice(0, -1).join('/') });
}
