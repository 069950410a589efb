import { isDefaultNetwork } from '@slipway/cluster';
import type { Cluster } from '@slipway/contract';
import type { PrefillSearch } from '../create/prefill-values.ts';

/** The values of a container service as a link that fills in the wizard has them. */
export const wizardValuesOf = (cluster: Cluster): PrefillSearch => ({
  serviceName: cluster.name,
  subscription: cluster.subscriptionId,
  resourceGroup: cluster.resourceGroup,
  group: 'existing',
  region: cluster.region,
  dnsPrefix: cluster.dnsPrefix,
  userName: cluster.adminUsername,
  masters: cluster.masterCount,
  agents: cluster.agentCount,
  machineSize: cluster.machineSize,
  ...(cluster.network && !isDefaultNetwork(cluster.network) ? { network: cluster.network } : {}),
  ...(cluster.tags && cluster.tags.length > 0 ? { tags: cluster.tags } : {}),
});

/** The same for another one like it: without the names that nobody else may have. */
export function anotherLike(cluster: Cluster): PrefillSearch {
  const { serviceName: _name, dnsPrefix: _prefix, ...values } = wizardValuesOf(cluster);
  return values;
}
