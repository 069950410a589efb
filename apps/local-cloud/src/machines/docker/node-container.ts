import { createHash } from 'node:crypto';
import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import type { MachineSpec } from '../machine-driver.ts';
import { labelsOf } from './labels.ts';

/**
 * What a machine may do: everything that systemd, Docker and its networks need of a computer of their own. Missing are
 * loading kernel modules, rebooting, setting the clock, raw I/O and exceeding limits, which would reach beyond the
 * machine, and which not every engine could give away: the same list everywhere, so that what is tested is what runs.
 */
export const machineCapabilities = [
  'AUDIT_CONTROL',
  'AUDIT_READ',
  'AUDIT_WRITE',
  'BLOCK_SUSPEND',
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'IPC_LOCK',
  'IPC_OWNER',
  'KILL',
  'LEASE',
  'LINUX_IMMUTABLE',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'MKNOD',
  'NET_ADMIN',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYSLOG',
  'SYS_ADMIN',
  'SYS_CHROOT',
  'SYS_NICE',
  'SYS_PACCT',
  'SYS_PTRACE',
  'SYS_TTY_CONFIG',
  'WAKE_ALARM',
] as const;

/** The console of a machine is kept up to this size, twice. */
const consoleSize = '4m';

/** A short text that differs between resources, for names of containers. */
export const shortHash = (text: string): string =>
  createHash('sha256').update(text.toLowerCase()).digest('hex').slice(0, 8);

/** A container's name: what it is, readable, and unique by its resource. */
export const containerName = (cloudId: string, name: string, resourceId: string): string =>
  `slipway-${cloudId}-${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_.-]/g, '-')
    .slice(0, 60)}-${shortHash(resourceId)}`;

/** The client's types do not know this member yet. */
interface MachineHost extends HostConfig {
  CgroupnsMode: 'host' | 'private';
}

/** The container that is a machine; its disk for Docker is a volume of its own, since overlays do not stack. */
export function nodeContainer(
  cloudId: string,
  machine: MachineSpec,
  place: { image: string; network: string; cgroupVersion: 1 | 2 },
): ContainerCreateOptions {
  const name = containerName(cloudId, machine.name, machine.id);
  const labels = labelsOf(cloudId, 'node', machine.id, machine.vmId);
  // Inner containers need a cgroup tree that can be written: with v1 the host's, with v2 a namespace of the machine's own,
  // which its first process makes writable.
  const isFirst = place.cgroupVersion === 1;
  const host: MachineHost = {
    NetworkMode: place.network,
    CapDrop: ['ALL'],
    CapAdd: [...machineCapabilities],
    SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
    MaskedPaths: [],
    ReadonlyPaths: [],
    DeviceCgroupRules: ['c *:* rmw', 'b *:* rmw'],
    CgroupnsMode: isFirst ? 'host' : 'private',
    Binds: isFirst ? ['/sys/fs/cgroup:/sys/fs/cgroup:rw'] : [],
    Tmpfs: { '/run': 'exec', '/run/lock': '', '/tmp': 'exec' },
    Mounts: [
      {
        Type: 'volume',
        Source: name,
        Target: '/var/lib/docker',
        VolumeOptions: { NoCopy: true, Labels: labels, DriverConfig: { Name: 'local', Options: {} } },
      },
    ],
    LogConfig: { Type: 'json-file', Config: { 'max-size': consoleSize, 'max-file': '2' } },
  };
  return {
    name,
    Image: place.image,
    Hostname: machine.hostName,
    Labels: labels,
    // The terminal is the machine's serial console.
    Tty: true,
    Env: ['container=docker'],
    StopSignal: 'SIGRTMIN+3',
    HostConfig: host,
  };
}
