import { describe, expect, it } from 'vitest';
import type { Stack } from '../arm/stacks.ts';
import { clusterState, toCluster } from './cluster-of-stack.ts';

describe('clusterState', () => {
  it.each([
    ['creating', undefined, 'deploying'],
    ['validating', undefined, 'deploying'],
    ['Deploying', undefined, 'deploying'],
    ['canceling', undefined, 'deploying'],
    ['updatingDenyAssignments', undefined, 'deploying'],
    ['succeeded', 'Succeeded', 'succeeded'],
    ['failed', 'Succeeded', 'failed'],
    ['canceled', 'Succeeded', 'canceled'],
    ['deletingResources', undefined, 'deleting'],
    ['succeeded', 'Deleting', 'deleting'],
  ] as const)('takes a stack that is %s in a group that is %s for %s', (stack, group, expected) => {
    expect(clusterState(stack, group)).toBe(expected);
  });
});

const stackWith = (parameters: Stack['parameters']): Stack => ({
  id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Resources/deploymentStacks/web',
  name: 'web',
  tags: { 'slipway-cluster': 'web' },
  state: 'succeeded',
  deploymentId: undefined,
  parameters: { dnsPrefix: 'web', masterCount: 3, agentCount: 2, ...parameters },
  outputs: {},
  resourceIds: [],
  error: undefined,
  createdAt: undefined,
  failedResources: [],
  governance: { actionOnUnmanage: { resources: 'delete' }, denySettings: { mode: 'none' } },
});

describe('toCluster', () => {
  const group = { id: '/subscriptions/s/resourceGroups/g', name: 'g', location: 'westeurope', tags: {} };

  it("reports the fault domains that the stack's parameters say, and none where they say none", () => {
    expect(toCluster(stackWith({ faultDomainCount: 3 }), group, 's')?.faultDomainCount).toBe(3);
    for (const parameters of [{}, { faultDomainCount: 7 }, { faultDomainCount: '3' }]) {
      const cluster = toCluster(stackWith(parameters), group, 's');
      expect(cluster).toMatchObject({ name: 'web', masterCount: 3 });
      expect(cluster).not.toHaveProperty('faultDomainCount');
    }
  });
});
