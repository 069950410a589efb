import type { MachineSpec } from '../machine-driver.ts';
import type { ArchiveFile } from './archive.ts';
import { platformAddress } from './platform-addresses.ts';

const seedFolder = 'var/lib/cloud/seed/nocloud';

/**
 * What a machine finds on its disk at its first boot: a NoCloud seed with its customData, its name and its key, the admin
 * user as cloud-init's default user, as Azure's own data source has it, and the address of its interface.
 *
 * @param gateway the fabric's address in the engine's network
 */
export function machineSeed(machine: MachineSpec, gateway: string): ArchiveFile[] {
  const { adminUsername, customData, publicKeys } = machine;
  const user = {
    system_info: {
      default_user: {
        name: adminUsername,
        gecos: adminUsername,
        lock_passwd: true,
        groups: ['adm', 'sudo'],
        sudo: ['ALL=(ALL) NOPASSWD:ALL'],
        shell: '/bin/bash',
      },
    },
  };
  const metadata = {
    'instance-id': machine.vmId,
    'local-hostname': machine.hostName,
    'public-keys': publicKeys,
  };
  // JSON is YAML; written by machine, it needs no quoting rules of its own.
  return [
    { path: 'etc/cloud/cloud.cfg.d/91-slipway-admin-user.cfg', content: `${JSON.stringify(user)}\n` },
    { path: `${seedFolder}/meta-data`, content: `${JSON.stringify(metadata)}\n` },
    {
      path: `${seedFolder}/user-data`,
      content: customData === undefined ? '' : Buffer.from(customData, 'base64'),
      mode: 0o600,
    },
    {
      path: 'etc/slipway-machine/nic',
      content: [
        `ADDRESSES='${machine.addresses.join(' ')}'`,
        `GATEWAY='${gateway}'`,
        `NAMESERVER='${platformAddress}'`,
        '',
      ].join('\n'),
    },
  ];
}

/** The file whose presence tells that a machine is provisioned: cloud-init writes it once the user is there. */
export const provisionedFile = ({ adminUsername }: MachineSpec): string =>
  `/home/${adminUsername}/.ssh/authorized_keys`;
