import type { EdgeKind, NodeKind, TopologyGraph, TopologyNode } from './graph.ts';
import { rankOfKind } from './resource-kind.ts';

const provider = '/subscriptions/11111111-1111-4111-8111-111111111111/resourcegroups/synthetic/providers';

/**
 * The graph of a made-up resource group of about `count` resources: virtual networks of 100, each with a firewall, a
 * Bastion, a NAT gateway and five subnets of five machines behind a load balancer; some machines, and the networks'
 * firewalls, refer to each other.
 */
export function syntheticGroup(count: number): TopologyGraph {
  const nodes: TopologyNode[] = [];
  const edges: TopologyGraph['edges'] = [];
  const add = (kind: NodeKind, id: string, parent?: string): string => {
    const name = id.slice(id.lastIndexOf('/') + 1);
    const node = { id, kind, name, title: name, rank: rankOfKind[kind], purpose: '', facts: [] };
    nodes.push(parent === undefined ? node : { ...node, parent });
    return id;
  };
  const join = (from: string, kind: EdgeKind, to: string): void => {
    edges.push({ id: `${from} ${kind} ${to}`, from, to, kind, labels: [] });
  };
  const internet = add('internet', 'internet');
  const service = add('containerService', 'service');
  const firewalls: string[] = [];
  for (let index = 0; index < Math.max(1, Math.round(count / 100)); index += 1) {
    const network = add(
      'virtualNetwork',
      `${provider}/microsoft.network/virtualnetworks/net-${index}`,
      service,
    );
    const firewall = add('gateway', `${provider}/microsoft.network/azurefirewalls/fw-${index}`, network);
    const bastion = add('gateway', `${provider}/microsoft.network/bastionhosts/bastion-${index}`, network);
    const nat = add('gateway', `${provider}/microsoft.network/natgateways/nat-${index}`, network);
    const zone = add('other', `${provider}/microsoft.network/privatednszones/zone-${index}`, network);
    join(firewall, 'reference', nat);
    join(zone, 'reference', firewall);
    if (index === 0) join(internet, 'traffic', firewall);
    const machines: string[] = [];
    for (let part = 0; part < 5; part += 1) {
      const subnet = add('subnet', `${network}/subnets/subnet-${part}`, network);
      const at = (type: string, name: string): string => `${provider}/${type}/${name}-${index}-${part}`;
      const balancer = add('loadBalancer', at('microsoft.network/loadbalancers', 'lb'), subnet);
      const guard = add('networkSecurityGroup', at('microsoft.network/networksecuritygroups', 'nsg'), subnet);
      const table = add('routeTable', at('microsoft.network/routetables', 'rt'), subnet);
      join(table, 'reference', balancer);
      join(nat, 'traffic', balancer);
      join(firewall, 'reference', table);
      for (let number = 0; number < 5; number += 1) {
        const nic = add(
          'networkInterface',
          at('microsoft.network/networkinterfaces', `nic${number}`),
          subnet,
        );
        const machine = add('virtualMachine', at('microsoft.compute/virtualmachines', `vm${number}`), subnet);
        const disk = add('disk', at('microsoft.compute/disks', `disk${number}`), subnet);
        join(balancer, 'traffic', nic);
        join(guard, 'guards', nic);
        join(nic, 'traffic', machine);
        join(machine, 'disk', disk);
        machines.push(machine);
      }
      join(bastion, 'traffic', machines.at(-5) ?? bastion);
    }
    for (let pair = 0; pair < 7; pair += 1) {
      const from = machines[(pair * 11 + index) % 25];
      const to = machines[(pair * 7 + index + 13) % 25];
      if (from !== undefined && to !== undefined && from !== to) join(from, 'reference', to);
    }
    const hub = firewalls[(index - 1) >> 1];
    if (hub !== undefined) join(hub, 'reference', firewall);
    firewalls.push(firewall);
  }
  return { nodes, edges };
}
