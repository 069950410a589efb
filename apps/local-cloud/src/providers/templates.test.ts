import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonObject, JsonValue, TemplateRuntime } from '@slipway/arm-template';
import { expandTemplate, parseTolerantJson } from '@slipway/arm-template';
import { expect, test } from 'vitest';
import { MemoryCloud, group, handlerOf, subscription } from './cloud-view.test-support.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const conformance = process.env['SLIPWAY_CONFORMANCE'] ?? `${root}../shared/conformance`;
const sshKey = `ssh-ed25519 ${Buffer.concat([
  Buffer.from([0, 0, 0, 11]),
  Buffer.from('ssh-ed25519'),
  Buffer.from([0, 0, 0, 32]),
  Buffer.alloc(32, 7),
]).toString('base64')}`;

function readJson(path: string): JsonValue {
  return parseTolerantJson(readFileSync(path, 'utf8'));
}

/** Deploys a template into a memory cloud in the order of its dependencies, as the engine does it. */
function deploy(cloud: MemoryCloud, template: JsonValue, parameters: JsonObject): string[] {
  const expansion = expandTemplate({
    template,
    parameters,
    scope: {
      kind: 'resourceGroup',
      tenantId: '22222222-2222-2222-2222-222222222222',
      subscription: {
        id: `/subscriptions/${subscription}`,
        subscriptionId: subscription,
        tenantId: '22222222-2222-2222-2222-222222222222',
        displayName: 'Test',
      },
      resourceGroup: { id: group, name: 'rg1', location: 'eastus' },
      deployment: { name: 'test' },
      environment: {},
    },
    sources: { now: new Date('2026-01-02T03:04:05Z'), newGuid: () => '33333333-3333-3333-3333-333333333333' },
  });
  const runtime: TemplateRuntime = {
    reference: (id, _apiVersion, full) =>
      full ? { ...cloud.must(id).envelope, properties: cloud.shown(id) } : cloud.shown(id),
    list: (action, id) => {
      const record = cloud.must(id);
      return handlerOf(record.type).actions?.[action.toLowerCase()]?.(record, cloud, undefined) ?? {};
    },
  };
  const resources = expansion.resources.filter((resource) => resource.condition);
  cloud.preflight(
    resources
      .filter((resource) => resource.type !== 'Microsoft.Resources/deployments')
      .map((resource) => cloud.request(resource.id, resource.preview(), resource.apiVersion)),
  );
  const done = new Set<string>();
  while (done.size < resources.length) {
    const ready = resources.filter(
      (resource) =>
        !done.has(resource.id) &&
        resource.dependsOn.every((id) => [...done].some((other) => other.toLowerCase() === id.toLowerCase())),
    );
    if (ready.length === 0) throw new Error('the dependencies cannot be met');
    for (const resource of ready) {
      cloud.put(resource.id, resource.evaluate(runtime));
      done.add(resource.id);
    }
  }
  return [...done];
}

const text = (value: string): JsonObject => ({ value });
const files = `${root}packages/cluster/swarm`;

test.each([1, 3, 5])(
  'the Swarm template with %i masters deploys, twice, with the same machines',
  (masterCount) => {
    const cloud = new MemoryCloud();
    const template = readJson(`${files}/azuredeploy.json`);
    const parameters: JsonObject = {
      serviceName: text('demo'),
      dnsPrefix: text('demo'),
      adminUsername: text('sailor'),
      sshPublicKey: text(sshKey),
      masterCount: { value: masterCount },
      agentCount: { value: 2 },
      masterCloudInit: text('#cloud-config'),
      agentCloudInit: text('#cloud-config'),
      configureScript: text('true'),
    };
    const ids = deploy(cloud, template, parameters);
    expect(ids.every((id) => cloud.get(id)?.provisioningState === 'Succeeded')).toBe(true);
    const count = (type: string) => cloud.list({ type }).length;
    expect(count('Microsoft.Compute/virtualMachines')).toBe(masterCount);
    expect(count('Microsoft.Compute/disks')).toBe(masterCount);
    expect(count('Microsoft.Compute/virtualMachineScaleSets/virtualMachines')).toBe(2);
    const identities = () =>
      cloud.list({ type: 'Microsoft.Compute/virtualMachines' }).map((machine) => machine.properties['vmId']);
    const before = identities();
    deploy(cloud, template, { ...parameters, agentCount: { value: 4 } });
    expect(identities()).toEqual(before);
    expect(count('Microsoft.Compute/disks')).toBe(masterCount);
    expect(count('Microsoft.Compute/virtualMachineScaleSets/virtualMachines')).toBe(4);
  },
);

/** Templates of the retired container service; most of their machines have disks in storage accounts. */
const classics = [
  'classic-swarm-2016',
  'head-ex-swarmmode',
  'v0.7.0-acs2017-01-31-dcos-m3',
  'v0.7.0-acs2017-01-31-swarm-m1',
  'v0.7.0-var-swarmmode-manypools',
];

test.skipIf(!existsSync(`${conformance}/acs`)).each(classics)(
  'the container service’s template %s deploys with the resources it names (skipped without the conformance data)',
  (name) => {
    const cloud = new MemoryCloud();
    const parameters = readJson(`${conformance}/acs/${name}/azuredeploy.parameters.json`) as JsonObject;
    const ids = deploy(
      cloud,
      readJson(`${conformance}/acs/${name}/azuredeploy.json`),
      (parameters['parameters'] ?? parameters) as JsonObject,
    );
    const expected = readFileSync(`${conformance}/acs/expanded.tsv`, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith(`${name}\t`));
    expect(ids).toHaveLength(expected.length);
    expect(ids.filter((id) => cloud.get(id)?.provisioningState !== 'Succeeded')).toEqual([]);
  },
);
