import { idAt, sameText } from '../../providers/json-reading.ts';
import type { CloudView } from '../../providers/provider.ts';
import { publicIpv4Of } from './balancer-plan.ts';
import { readNetworks, type NetworksReading } from './networks-reading.ts';
import { compareAddresses, compareIds, isDeleting } from './planned-configurations.ts';

/** A public address and the ports at which something listens. */
export interface PublicAddressPlan {
  /** ARM id of the public address. */
  readonly id: string;
  /** IPv4. */
  readonly address: string;
  /** ARM id of the virtual network that it leads to; nothing while no interface is behind it. */
  readonly networkId: string | undefined;
  /** By number. */
  readonly ports: readonly { readonly protocol: 'tcp'; readonly port: number }[];
}

/**
 * Every public IPv4 address that has been given out, by address, also when nothing is behind it or its load balancer has
 * no backend yet. Ports are those of `balancerListeners`: an address of an interface's own has none here, because Azure
 * lets every port of it through to the machine and no resource says which ones are served.
 */
export function publicAddressPlans(
  view: CloudView,
  { configurations, listeners }: NetworksReading = readNetworks(view),
): PublicAddressPlan[] {
  return view
    .list({ type: 'Microsoft.Network/publicIPAddresses' })
    .filter((record) => !isDeleting(record))
    .flatMap((record): PublicAddressPlan[] => {
      const address = publicIpv4Of(record);
      if (address === undefined) return [];
      const own = listeners.filter(({ listener }) => listener.publicAddressId === record.id);
      const holder = configurations.find(({ properties }) =>
        sameText(idAt(properties, 'publicIPAddress'), record.id),
      );
      const ports = new Set(own.map(({ listener }) => listener.port));
      return [
        {
          id: record.id,
          address,
          networkId: own[0]?.networkId ?? holder?.networkId,
          ports: [...ports].map((port) => ({ protocol: 'tcp', port })),
        },
      ];
    })
    .toSorted(
      (left, right) => compareAddresses(left.address, right.address) || compareIds(left.id, right.id),
    );
}
