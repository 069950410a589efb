import type { WhatIfChange, WhatIfOperationResult } from '@azure/arm-resourcesdeployments';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { polling, startTestCloud, subscription, type TestCloud } from '../../local-cloud.test-support.ts';
import { swarmParameters, swarmStack, swarmTemplate } from '../../swarm-stack.test-support.ts';

// Whole clusters, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const group = 'what-if';
const groupId = `/subscriptions/${subscription}/resourceGroups/${group}`;
const deploymentPath = `/subscriptions/${subscription}/resourcegroups/${group}/providers/Microsoft.Resources/deployments`;

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  for (const name of [group, 'empty'])
    await cloud.resources.resourceGroups.createOrUpdate(name, { location: 'eastus' });
  await cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    group,
    'demo',
    swarmStack(),
    polling,
  );
});
afterAll(() => cloud.close());

const ask = (
  parameters: Record<string, { value: unknown }>,
  { into = group, resultFormat }: { into?: string; resultFormat?: 'ResourceIdOnly' } = {},
): Promise<WhatIfOperationResult> =>
  cloud.deployments.deployments.whatIf(
    into,
    'asked',
    {
      properties: {
        mode: 'Incremental',
        template: swarmTemplate,
        parameters,
        ...(resultFormat === undefined ? {} : { whatIfSettings: { resultFormat } }),
      },
    },
    polling,
  );

const countsOf = (result: WhatIfOperationResult): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { changeType } of result.changes ?? []) counts[changeType] = (counts[changeType] ?? 0) + 1;
  return counts;
};
const changed = (result: WhatIfOperationResult): WhatIfChange[] =>
  (result.changes ?? []).filter(({ changeType }) => changeType !== 'NoChange' && changeType !== 'Ignore');
const typeOf = (change: WhatIfChange): string => change.after?.type ?? change.before?.type ?? '';

describe('what a cluster’s template would do', () => {
  test('in an empty group: everything is created, and shown as the template has it', async () => {
    const result = await ask(swarmParameters(), { into: 'empty' });
    expect(result.status).toBe('Succeeded');
    expect(result.error).toBeUndefined();
    expect(Object.keys(countsOf(result))).toEqual(['Create']);
    const types = (result.changes ?? []).map(typeOf);
    expect(types.filter((type) => type === 'Microsoft.Compute/virtualMachines')).toHaveLength(3);
    const scaleSet = (result.changes ?? []).find((change) =>
      typeOf(change).endsWith('virtualMachineScaleSets'),
    )!;
    expect(scaleSet.before).toBeUndefined();
    expect(scaleSet.delta).toBeUndefined();
    expect(scaleSet.after).toMatchObject({
      apiVersion: '2025-11-01',
      id: scaleSet.resourceId,
      type: 'Microsoft.Compute/virtualMachineScaleSets',
      location: 'eastus',
      sku: { capacity: 2 },
    });
    // What only the running deployment knows stays as the template writes it.
    const { storageUri } = scaleSet.after.properties.virtualMachineProfile.diagnosticsProfile.bootDiagnostics;
    expect(storageUri).toMatch(/^\[reference\('\/subscriptions\/.*\.primaryEndpoints\.blob\]$/);
    expect(scaleSet.after.properties.virtualMachineProfile.osProfile.customData).toBe('*******');
    expect(
      await cloud.send(
        'GET',
        `/subscriptions/${subscription}/resourceGroups/empty/resources?api-version=2021-04-01`,
      ),
    ).toMatchObject({
      json: { value: [] },
    });
  });

  test('once more: no change anywhere, and the disks that the machines made are left alone', async () => {
    const result = await ask(swarmParameters());
    expect(changed(result)).toEqual([]);
    expect(countsOf(result)).toEqual({ NoChange: expect.any(Number), Ignore: 3 });
    const ignored = (result.changes ?? []).filter(({ changeType }) => changeType === 'Ignore');
    expect(new Set(ignored.map(typeOf))).toEqual(new Set(['Microsoft.Compute/disks']));
    expect(result.diagnostics).toBeUndefined();
    const balancer = (result.changes ?? []).find((change) => typeOf(change).endsWith('loadBalancers'))!;
    expect(balancer.before).toEqual(balancer.after);
    expect(JSON.stringify(balancer)).not.toMatch(/etag|provisioningState/);
  });

  test('with four agents instead of two: one number changes', async () => {
    const result = await ask(swarmParameters({ agentCount: 4 }));
    const [scaleSet, ...others] = changed(result);
    expect(others).toEqual([]);
    expect(scaleSet).toMatchObject({
      changeType: 'Modify',
      before: { sku: { capacity: 2 } },
      after: { sku: { capacity: 4 } },
      delta: [{ path: 'sku.capacity', propertyChangeType: 'Modify', before: 2, after: 4 }],
    });
    expect(scaleSet!.delta).toHaveLength(1);
  });

  test('with one more port: a rule and a probe of the load balancer, and a rule of the security group', async () => {
    const agentPorts = [
      { name: 'HTTP', port: 80 },
      { name: 'HTTPS', port: 443 },
      { name: 'Port8080', port: 8080 },
      { name: 'Grafana', port: 3000 },
    ];
    const result = await ask(swarmParameters({ more: { agentPorts } }));
    const changes = new Map(changed(result).map((change) => [typeOf(change), change]));
    expect([...changes.keys()].toSorted()).toEqual([
      'Microsoft.Network/loadBalancers',
      'Microsoft.Network/networkSecurityGroups',
    ]);
    const balancer = changes.get('Microsoft.Network/loadBalancers')!;
    expect(balancer.delta?.map(({ path, propertyChangeType }) => [path, propertyChangeType])).toEqual([
      ['properties.loadBalancingRules', 'Array'],
      ['properties.probes', 'Array'],
    ]);
    expect(balancer.delta?.[0]?.children).toMatchObject([
      {
        path: '3',
        propertyChangeType: 'Create',
        after: { name: 'LBRuleGrafana', properties: { frontendPort: 3000 } },
      },
    ]);
    const security = changes.get('Microsoft.Network/networkSecurityGroups')!;
    expect(security.delta).toMatchObject([
      {
        path: 'properties.securityRules',
        propertyChangeType: 'Array',
        children: [{ propertyChangeType: 'Create' }],
      },
    ]);
  });

  test('with more masters: machines come, and what refers to them changes with them', async () => {
    const before = await ask(swarmParameters());
    const result = await ask(swarmParameters({ masterCount: 5 }));
    const created = changed(result).filter(({ changeType }) => changeType === 'Create');
    expect(created.map(typeOf).toSorted()).toEqual([
      'Microsoft.Compute/virtualMachines',
      'Microsoft.Compute/virtualMachines',
      'Microsoft.Compute/virtualMachines/extensions',
      'Microsoft.Compute/virtualMachines/extensions',
      'Microsoft.Network/networkInterfaces',
      'Microsoft.Network/networkInterfaces',
    ]);
    const modified = changed(result).filter(({ changeType }) => changeType === 'Modify');
    // The set-up scripts know how many masters there are: that they change is told, and not to what.
    expect(new Set(modified.map(typeOf))).toEqual(
      new Set([
        'Microsoft.Network/loadBalancers',
        'Microsoft.Compute/virtualMachines/extensions',
        'Microsoft.Compute/virtualMachineScaleSets',
      ]),
    );
    const extension = modified.find((change) => typeOf(change).endsWith('extensions'))!;
    expect(extension.delta).toEqual([
      {
        path: 'properties.protectedSettings',
        propertyChangeType: 'Modify',
        before: '*******',
        after: '*******',
      },
    ]);
    expect(await ask(swarmParameters())).toEqual(before);
  });

  test('with fewer ports: rules go', async () => {
    const result = await ask(swarmParameters({ more: { agentPorts: [{ name: 'HTTP', port: 80 }] } }));
    const balancer = changed(result).find((change) => typeOf(change).endsWith('loadBalancers'))!;
    const rules = balancer.delta?.find(({ path }) => path === 'properties.loadBalancingRules')?.children;
    expect(rules).toMatchObject([
      { path: '1', propertyChangeType: 'Delete', before: { name: 'LBRuleHTTPS' } },
      { path: '2', propertyChangeType: 'Delete', before: { name: 'LBRulePort8080' } },
    ]);
  });

  test('told by ids only', async () => {
    const result = await ask(swarmParameters({ agentCount: 4, masterCount: 5 }), {
      resultFormat: 'ResourceIdOnly',
    });
    expect(Object.keys(countsOf(result)).toSorted()).toEqual(['Create', 'Deploy', 'Ignore']);
    for (const { before, after, delta } of result.changes ?? [])
      expect({ before, after, delta }).toEqual({ before: undefined, after: undefined, delta: undefined });
  });

  test('that a provider would refuse is told with its reason', async () => {
    const result = await ask(swarmParameters({ more: { masterCloudInit: '#cloud-config\n# other' } }));
    expect(result.diagnostics).toMatchObject([
      {
        level: 'Warning',
        code: 'PropertyChangeNotAllowed',
        target: expect.stringContaining('virtualMachines'),
      },
      {},
      {},
    ]);
  });
});

const body = { properties: { mode: 'Incremental', template: swarmTemplate, parameters: swarmParameters() } };
const post = (path: string) => cloud.send('POST', `${path}?api-version=2021-04-01`, { body });

describe('on the wire', () => {
  test('202 with the address of the answer, then the answer; nothing is kept of it as a deployment', async () => {
    const accepted = await cloud.send('POST', `${deploymentPath}/wire(1)/whatIf?api-version=2021-04-01`, {
      body,
    });
    expect(accepted).toMatchObject({ status: 202, text: '' });
    expect(accepted.headers['retry-after']).toBe('0');
    const address = String(accepted.headers['location']);
    expect(new URL(address).origin).toBe(cloud.cloud.endpoint);
    await expect.poll(async () => (await cloud.send('GET', address)).status).toBe(200);
    const answer = await cloud.send('GET', address);
    expect(answer.json).toMatchObject({
      status: 'Succeeded',
      properties: {
        correlationId: accepted.headers['x-ms-correlation-request-id'],
        changes: expect.arrayContaining([
          expect.objectContaining({
            changeType: 'NoChange',
            deploymentId: `${groupId}/providers/Microsoft.Resources/deployments/wire(1)`,
          }),
        ]),
      },
    });
    const kept = await cloud.send('GET', `${deploymentPath}/wire(1)?api-version=2021-04-01`);
    expect(kept.json.error.code).toBe('DeploymentNotFound');
    const unknown = await cloud.send('GET', address.replace(/whatIfResults\/[^?]+/, 'whatIfResults/none'));
    expect(unknown).toMatchObject({ status: 404, json: { error: { code: 'OperationNotFound' } } });
  });

  test('an answer makes room for later ones', async () => {
    const empty = {
      properties: {
        mode: 'Incremental',
        template: { ...swarmTemplate, parameters: {}, variables: {}, outputs: {}, resources: [] },
      },
    };
    const once = () =>
      cloud.send('POST', `${deploymentPath}/room/whatIf?api-version=2021-04-01`, { body: empty });
    const first = String((await once()).headers['location']);
    await expect.poll(async () => (await cloud.send('GET', first)).status).toBe(200);
    for (let count = 0; count < 100; count += 1) expect((await once()).status).toBe(202);
    expect((await cloud.send('GET', first)).status).toBe(404);
  });

  test.each([
    ['no body', undefined, 400, 'InvalidRequestContent'],
    ['no template', { properties: { mode: 'Incremental' } }, 400, 'InvalidDeploymentRequest'],
    [
      'a mode that is none',
      { properties: { ...body.properties, mode: 'Sometimes' } },
      400,
      'InvalidRequestContent',
    ],
    [
      'settings that are no object',
      { properties: { ...body.properties, whatIfSettings: 'all' } },
      400,
      'InvalidRequestContent',
    ],
    [
      'a format that there is not',
      { properties: { ...body.properties, whatIfSettings: { resultFormat: 'Short' } } },
      400,
      'InvalidRequestContent',
    ],
  ])('%s is refused at once', async (_what, sent, status, code) => {
    const answer = await cloud.send('POST', `${deploymentPath}/wrong/whatIf?api-version=2021-04-01`, {
      body: sent ?? '',
    });
    expect(answer).toMatchObject({ status, json: { error: { code } } });
  });

  test('a group, a subscription and a name that make no sense are refused at once', async () => {
    expect(await post(deploymentPath.replace(group, 'nowhere') + '/x/whatIf')).toMatchObject({
      status: 404,
      json: { error: { code: 'ResourceGroupNotFound' } },
    });
    expect(await post(`${deploymentPath}/no%20name/whatIf`)).toMatchObject({
      status: 400,
      json: { error: { code: 'DeploymentNameInvalidCharacters' } },
    });
    const atSubscription = `/subscriptions/${subscription}/providers/Microsoft.Resources/deployments/x/whatIf`;
    expect(await post(atSubscription)).toMatchObject({
      status: 400,
      json: { error: { code: 'LocationRequired' } },
    });
  });

  test('what is wrong with the deployment itself is the answer, as a deployment would be refused', async () => {
    const wrong = await ask(swarmParameters({ more: { agentPorts: [] } }));
    expect(wrong).toMatchObject({ status: 'Failed', error: { code: 'InvalidTemplate' } });
    expect(wrong.changes).toBeUndefined();
    const refused = await ask(swarmParameters({ more: { agentMachineSize: 'Standard_Imaginary' } }));
    expect(refused).toMatchObject({ status: 'Failed', error: { code: 'InvalidTemplateDeployment' } });
    expect(refused.error?.details?.length).toBeGreaterThan(0);
    const validated = await cloud.send('POST', `${deploymentPath}/asked/validate?api-version=2021-04-01`, {
      body: {
        properties: {
          ...body.properties,
          parameters: swarmParameters({ more: { agentMachineSize: 'Standard_Imaginary' } }),
        },
      },
    });
    expect(refused.error?.details?.map(({ code, message }) => ({ code, message }))).toEqual(
      validated.json.error.details.map(({ code, message }: { code: string; message: string }) => ({
        code,
        message,
      })),
    );
  });
});
