import { simulatedMachines } from '../simulated/simulated-machines.ts';
import { expandTemplate } from '@slipway/arm-template';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { MemoryCloud, group, subscription } from '../../providers/cloud-view.test-support.ts';
import { sameText } from '../../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../../providers/provider.ts';
import { swarmParameters, swarmTemplate } from '../../swarm-stack.test-support.ts';

const tenantId = '22222222-2222-2222-2222-222222222222';

/** A cloud in memory with a finished Swarm cluster, made from the template that the portal deploys: three masters. */
export function swarmCloud(agentCount: number): MemoryCloud {
  const cloud = new MemoryCloud();
  const { resources } = expandTemplate({
    template: swarmTemplate as JsonValue,
    parameters: swarmParameters({ agentCount }) as JsonObject,
    scope: {
      kind: 'resourceGroup',
      tenantId,
      subscription: {
        id: `/subscriptions/${subscription}`,
        subscriptionId: subscription,
        tenantId,
        displayName: 'Test',
      },
      resourceGroup: { id: group, name: 'rg1', location: 'eastus' },
      deployment: { name: 'test' },
      environment: {},
    },
    sources: { now: new Date('2026-01-02T03:04:05Z'), newGuid: () => '33333333-3333-3333-3333-333333333333' },
  });
  // The template states its resources in an order in which they can be made one by one.
  for (const resource of resources) {
    const body = resource.evaluate({
      reference: (id) => cloud.shown(id),
      list: () => ({ keys: [{ value: 'key' }] }),
    });
    cloud.put(resource.id, body);
  }
  return cloud;
}

/** The only record of a type whose name begins with `start`. */
export function recordNamed(view: CloudView, type: string, start: string): ResourceRecord {
  const found = view.list({ type }).filter(({ name }) => name.startsWith(start));
  const [record, ...others] = found;
  if (!record || others.length > 0)
    throw new Error(`${found.length} resources of ${type} begin with ${start}`);
  return record;
}

/** A view of exactly these records. */
export function viewOf(records: readonly ResourceRecord[]): CloudView {
  return {
    dnsSuffix: 'cloudapp.slipway.internal',
    armEndpoint: 'https://localhost:8443',
    machines: simulatedMachines,
    get: (id) => records.find((record) => sameText(record.id, id)),
    list: ({ type, under }) =>
      records.filter(
        (record) =>
          (type === undefined || sameText(record.type, type)) &&
          (under === undefined || record.id.toLowerCase().startsWith(`${under.toLowerCase()}/`)),
      ),
  };
}
