import type { Cluster } from '@slipway/contract';
import { expect, test } from 'vitest';
import { homeSearchSchema, viewedClusters } from './cluster-view.ts';

const clusterOf = (name: string, more: Partial<Cluster> = {}): Cluster => ({
  subscriptionId: '11111111-1111-1111-1111-111111111111',
  resourceGroup: `${name}-group`,
  name,
  id: name,
  state: 'succeeded',
  stackState: 'succeeded',
  region: 'westeurope',
  orchestrator: 'Swarm',
  dnsPrefix: name,
  adminUsername: 'azureuser',
  masterCount: 1,
  agentCount: 1,
  machineSize: 'Standard_B1ms',
  ...more,
});

const clusters = [
  clusterOf('web10', { createdAt: '2026-01-03T00:00:00Z', agentCount: 5 }),
  clusterOf('web2', { createdAt: '2026-01-01T00:00:00Z', agentCount: 100, region: 'northeurope' }),
  clusterOf('Api', { createdAt: '2026-01-02T00:00:00Z', agentCount: 20, state: 'failed' }),
];
const names = (search: unknown) =>
  viewedClusters(clusters, homeSearchSchema.parse(search)).map(({ name }) => name);

test('the newest cluster is the first where nothing else was chosen, or nonsense', () => {
  expect(names({})).toEqual(['web10', 'Api', 'web2']);
  expect(names({ sort: 'size; drop' })).toEqual(['web10', 'Api', 'web2']);
});

test('clusters are sorted by what people see, numbers as numbers', () => {
  expect(names({ sort: 'name' })).toEqual(['Api', 'web2', 'web10']);
  expect(names({ sort: '-name' })).toEqual(['web10', 'web2', 'Api']);
  expect(names({ sort: 'agents' })).toEqual(['web10', 'Api', 'web2']);
});

test('a search finds what has all its words', () => {
  expect(names({ q: 'WEB north' })).toEqual(['web2']);
  expect(names({ q: 'failed' })).toEqual(['Api']);
  expect(names({ q: 10 })).toEqual(['web10']);
  expect(names({ q: 'nothing' })).toEqual([]);
});
