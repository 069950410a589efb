import { describe, expect, test } from 'vitest';
import { textAt } from '../providers/json-reading.ts';
import { swarmCloud } from './network/swarm-cloud.test-support.ts';
import { extensionsDigest, machineSpec, scaleSetExtensions, terminateNoticeMs } from './machine-specs.ts';

const cloud = swarmCloud(2);
const only = (type: string, end = '') => {
  const [record] = cloud.list({ type }).filter(({ id }) => id.endsWith(end));
  if (!record) throw new Error(`There is no ${type}.`);
  return record;
};
const scaleSet = only('Microsoft.Compute/virtualMachineScaleSets');

describe('what a driver learns of the Swarm template', () => {
  test('a master: its name, its one address, its network, its user and key', () => {
    const master = only('Microsoft.Compute/virtualMachines', '-1');
    expect(machineSpec(master, cloud)).toMatchObject({
      id: master.id,
      name: master.name,
      hostName: master.name,
      vmId: master.properties['vmId'],
      networkId: only('Microsoft.Network/virtualNetworks').id,
      addresses: ['172.16.0.6'],
      adminUsername: 'sailor',
      publicKeys: [expect.stringMatching(/^ssh-ed25519 /)],
      customData: Buffer.from('#cloud-config').toString('base64'),
    });
  });

  test('an agent: the same, with the customData that only its scale set keeps', () => {
    const agent = only('Microsoft.Compute/virtualMachineScaleSets/virtualMachines', '/1');
    expect(machineSpec(agent, cloud)).toMatchObject({
      name: `${scaleSet.name}_1`,
      networkId: only('Microsoft.Network/virtualNetworks').id,
      addresses: ['10.0.0.5'],
      adminUsername: 'sailor',
      customData: Buffer.from('#cloud-config').toString('base64'),
    });
  });

  test("the scale set's extension with its protected script, and how long a leaving agent may take", () => {
    const [extension] = scaleSetExtensions(scaleSet);
    expect(extension).toMatchObject({ name: 'configuremaster', type: 'CustomScript' });
    const script = Buffer.from(textAt(extension?.protectedSettings, 'script') ?? '', 'base64').toString();
    expect(script).toMatch(/^#!\/bin\/bash\nNODE_ROLE=agent\n/);
    expect(terminateNoticeMs(scaleSet)).toBe(5 * 60_000);
  });
});

test('agents are configured anew when the extension changes, and only then', () => {
  const digest = extensionsDigest(scaleSet);
  expect(extensionsDigest({ ...scaleSet, tags: { other: 'tag' } })).toBe(digest);
  const secrets = {
    ...scaleSet.secrets,
    protectedSettings: { configuremaster: { protectedSettings: { script: 'eA==' } } },
  };
  expect(extensionsDigest({ ...scaleSet, secrets })).not.toBe(digest);
});

test.each([
  [{ enable: true, notBeforeTimeout: 'PT10M' }, 600_000],
  [{ enable: true }, 300_000],
  [{ enable: false, notBeforeTimeout: 'PT10M' }, undefined],
])('a terminate notification %j gives %s ms', (terminateNotificationProfile, expected) => {
  const virtualMachineProfile = { scheduledEventsProfile: { terminateNotificationProfile } };
  expect(terminateNoticeMs({ ...scaleSet, properties: { virtualMachineProfile } })).toBe(expected);
});
