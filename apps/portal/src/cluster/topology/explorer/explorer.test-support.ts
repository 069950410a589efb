import type { TopologyGraph, TopologyNode } from '@slipway/topology';

const piece = (id: string, more: Partial<TopologyNode>): TopologyNode => ({
  id,
  kind: 'other',
  name: id,
  title: id,
  rank: 6,
  purpose: '',
  facts: [],
  ...more,
});

/** A small graph with containers, parts, roles and states. */
export const sampleGraph: TopologyGraph = {
  nodes: [
    piece('internet', { kind: 'internet', title: 'Internet', rank: 0 }),
    piece('service', { kind: 'containerService', title: 'Container service', rank: 1 }),
    piece('balancer', {
      kind: 'loadBalancer',
      title: "Masters' load balancer",
      name: 'swarm-lb-10',
      type: 'Microsoft.Network/loadBalancers',
      parent: 'service',
      rank: 2,
      provisioningState: 'Succeeded',
    }),
    piece('rule', {
      kind: 'loadBalancerRule',
      title: 'TCP 2200 → master 0:22',
      parent: 'balancer',
      isPart: true,
      rank: 2,
    }),
    piece('network', { kind: 'virtualNetwork', title: 'Virtual network', parent: 'service', rank: 3 }),
    piece('subnet', { kind: 'subnet', title: "Masters' subnet", parent: 'network', isPart: true, rank: 3 }),
    piece('master', {
      kind: 'virtualMachine',
      title: 'Master 0',
      name: 'swarm-lb-9',
      parent: 'subnet',
      rank: 4,
      provisioningState: 'Failed',
      facts: [{ label: 'Private address', value: '10.0.0.5' }],
    }),
    piece('disk', { kind: 'disk', title: "Master 0's disk", parent: 'master', rank: 5, isPlanned: true }),
  ],
  edges: [{ id: 'e', from: 'internet', to: 'balancer', kind: 'traffic', labels: ['TCP 2200'] }],
};
