import { expect, test } from 'vitest';
import { machineSeed, provisionedFile } from './seed.ts';
import { machineCapabilities, nodeContainer } from './node-container.ts';

const machine = {
  id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/M',
  name: 'M',
  hostName: 'm',
  vmId: 'guid',
  networkId: 'n',
  addresses: ['10.0.0.4', '10.0.0.5'],
  adminUsername: 'sailor',
  publicKeys: ['ssh-ed25519 AAAA "quoted": comment'],
  customData: Buffer.from([0x23, 0xff, 0x0a]).toString('base64'),
};
const files = new Map(machineSeed(machine, '198.19.0.2').map((file) => [file.path, file]));

test('the seed holds customData byte for byte, and name, user and key as YAML that cannot be broken out of', () => {
  expect(files.get('var/lib/cloud/seed/nocloud/user-data')?.content).toEqual(Buffer.from([0x23, 0xff, 0x0a]));
  expect(JSON.parse(String(files.get('var/lib/cloud/seed/nocloud/meta-data')?.content))).toEqual({
    'instance-id': 'guid',
    'local-hostname': 'm',
    'public-keys': machine.publicKeys,
  });
  const user = String(files.get('etc/cloud/cloud.cfg.d/91-slipway-admin-user.cfg')?.content);
  expect(JSON.parse(user).system_info.default_user).toMatchObject({ name: 'sailor', lock_passwd: true });
  expect(provisionedFile(machine)).toBe('/home/sailor/.ssh/authorized_keys');
});

test('the interface gets exactly the addresses that ARM reports', () => {
  expect(files.get('etc/slipway-machine/nic')?.content).toBe(
    "ADDRESSES='10.0.0.4 10.0.0.5'\nGATEWAY='198.19.0.2'\nNAMESERVER='168.63.129.16'\n",
  );
});

test.each([
  [1, 'host', ['/sys/fs/cgroup:/sys/fs/cgroup:rw']],
  [2, 'private', []],
] as const)('with cgroup v%i a machine has the namespace "%s"', (cgroupVersion, mode, binds) => {
  const { HostConfig } = nodeContainer('abcd1234', machine, { image: 'i', network: 'w', cgroupVersion });
  expect(HostConfig).toMatchObject({ CgroupnsMode: mode, Binds: binds, CapDrop: ['ALL'] });
});

test('a machine has no more than the capabilities of the list, and none that reaches beyond it', () => {
  const { HostConfig } = nodeContainer('abcd1234', machine, { image: 'i', network: 'w', cgroupVersion: 2 });
  expect(HostConfig?.CapAdd).toEqual([...machineCapabilities]);
  expect(HostConfig?.Privileged).toBeUndefined();
  for (const forbidden of ['SYS_MODULE', 'SYS_BOOT', 'SYS_TIME', 'SYS_RAWIO', 'SYS_RESOURCE'])
    expect(machineCapabilities).not.toContain(forbidden);
});
