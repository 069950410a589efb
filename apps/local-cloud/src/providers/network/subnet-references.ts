import { idAt, sameText } from '../json-reading.ts';
import type { CloudView } from '../provider.ts';
import { keptSubResources, subResourceId } from '../sub-resources.ts';

/** The ids of the subnets whose member refers to `id`: guarded by a group, routed by a table, served by a gateway. */
export function subnetsReferring(
  view: CloudView,
  member: 'networkSecurityGroup' | 'routeTable' | 'natGateway',
  id: string,
): string[] {
  return view.list({ type: 'Microsoft.Network/virtualNetworks' }).flatMap((network) =>
    keptSubResources(network, 'subnets')
      .filter((subnet) => sameText(idAt(subnet.properties, member), id))
      .map((subnet) => subResourceId(network.id, 'subnets', subnet.name)),
  );
}
