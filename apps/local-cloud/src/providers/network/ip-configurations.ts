import { idAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { keptSubResources, subResourceId } from '../sub-resources.ts';
import type { SubResource } from '../sub-resources.ts';

export const networkInterfaceType = 'Microsoft.Network/networkInterfaces';
export const instanceInterfaceType =
  'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces';

/** Something that holds an address: an interface's IP configuration or a load balancer's frontend. */
export interface AddressHolder {
  readonly id: string;
  readonly owner: ResourceRecord;
  readonly item: SubResource;
}

/** All network interfaces: those of their own and those of scale-set instances. */
export function allInterfaces(view: CloudView): ResourceRecord[] {
  return [...view.list({ type: networkInterfaceType }), ...view.list({ type: instanceInterfaceType })];
}

/** All IP configurations of network interfaces. */
function interfaceConfigurations(view: CloudView): AddressHolder[] {
  return allInterfaces(view).flatMap((owner) => holders(owner, 'ipConfigurations'));
}

/** All frontends of load balancers. */
function frontendConfigurations(view: CloudView): AddressHolder[] {
  return view
    .list({ type: 'Microsoft.Network/loadBalancers' })
    .flatMap((owner) => holders(owner, 'frontendIPConfigurations'));
}

/** Everything that lies in a subnet. */
export function holdersInSubnet(view: CloudView, subnetId: string): AddressHolder[] {
  return [...interfaceConfigurations(view), ...frontendConfigurations(view)].filter((holder) =>
    sameText(idAt(holder.item.properties, 'subnet'), subnetId),
  );
}

/** What uses a public address; an address has one user at most. */
export function holderOfPublicAddress(view: CloudView, publicAddressId: string): AddressHolder | undefined {
  return [...frontendConfigurations(view), ...interfaceConfigurations(view)].find((holder) =>
    sameText(idAt(holder.item.properties, 'publicIPAddress'), publicAddressId),
  );
}

/** The IP configurations whose array `member` refers to `id`, for example members of a backend pool. */
export function configurationsReferring(
  view: CloudView,
  member: 'loadBalancerBackendAddressPools' | 'loadBalancerInboundNatRules',
  id: string,
): AddressHolder[] {
  return interfaceConfigurations(view).filter(({ item }) =>
    objectsAt(item.properties, member).some((reference) => sameText(textAt(reference, 'id'), id)),
  );
}

function holders(owner: ResourceRecord, collection: string): AddressHolder[] {
  return keptSubResources(owner, collection).map((item) => ({
    owner,
    item,
    id: subResourceId(owner.id, collection, item.name),
  }));
}
