import { expect } from '@playwright/test';
import type { MachineSsh } from './machine-ssh.ts';
import { testImage } from './test-image.ts';

/** Azure's virtual address, where an agent of Azure's in each machine is told the protected settings. */
const wireServer = '168.63.129.16';
const firstMaster = '172.16.0.5';

/** Opens a connection and closes it again. */
const opens = (address: string, port: number): string =>
  `timeout 5 bash -c "exec 3<>/dev/tcp/${address}/${port}"`;
const asNobody = (command: string): string => `sudo -u nobody ${command}`;
const inContainer = (command: string): string => `docker run --rm ${testImage} ${command}`;

type From = string | number;

async function succeeds(ssh: MachineSsh, from: From, command: string): Promise<boolean> {
  return (await ssh.attempt(from, command)).code === 0;
}

/** On a master neither the Docker API nor a file with a secret is there for a user without rights. */
export async function expectNothingForNobody(ssh: MachineSsh, master: number): Promise<void> {
  const can = (command: string): Promise<boolean> => succeeds(ssh, master, command);
  expect(await can(opens('127.0.0.1', 2375)), 'the administrator may').toBe(true);
  expect(await can(asNobody(opens('127.0.0.1', 22))), 'another port is open').toBe(true);
  expect(await can(asNobody(opens('127.0.0.1', 2375)))).toBe(false);
  expect(await can(asNobody('curl -s --unix-socket /run/docker.sock http://d/info'))).toBe(false);
  const kept = '/etc/slipway/*-secret /var/lib/waagent/custom-script/download/0/* /run/slipway-bootstrap/*';
  const files = await ssh.lines(master, `sudo bash -c 'ls ${kept}'`);
  expect(files.length, 'files with secrets').toBeGreaterThan(4);
  for (const file of files) expect(await can(asNobody(`cat ${file}`)), file).toBe(false);
}

/** From a container on a master neither its own nor another master's Docker API is reached, nor the wire server. */
export async function expectNothingForContainers(
  ssh: MachineSsh,
  master: number,
  otherMasters: readonly string[],
): Promise<void> {
  const own = await ssh.lines(master, "ip -4 -o addr show | awk '{print $4}' | cut -d/ -f1");
  const addresses = [...new Set([...own, ...otherMasters])];
  expect(addresses.length).toBeGreaterThan(3);
  const reached = (port: number): Promise<string[]> => {
    const each = `nc -w 1 $a ${port} </dev/null >/dev/null 2>&1 && echo $a`;
    return ssh.lines(master, inContainer(`sh -c 'for a in ${addresses.join(' ')}; do ${each}; done; true'`));
  };
  expect(await reached(22), 'another port is open').toContain(firstMaster);
  expect(await reached(2375)).toEqual([]);

  const before = await droppedPackets(ssh, master);
  for (const port of [80, 32_526])
    expect(await succeeds(ssh, master, inContainer(`nc -w 1 ${wireServer} ${port}`))).toBe(false);
  expect(await droppedPackets(ssh, master), 'packets that the firewall stopped').toBeGreaterThan(before);
  expect(await succeeds(ssh, master, inContainer(`nc -w 2 ${wireServer} 53`)), 'names are resolved').toBe(
    true,
  );
}

/** From another node the first master's Docker API is not reached. */
export async function expectNothingForNodes(ssh: MachineSsh, nodes: readonly From[]): Promise<void> {
  for (const node of nodes) {
    expect(await succeeds(ssh, node, opens(firstMaster, 2377)), 'the Swarm is reached').toBe(true);
    expect(await succeeds(ssh, node, opens(firstMaster, 2375))).toBe(false);
  }
}

/** How many packets to the wire server a machine has dropped. */
async function droppedPackets(ssh: MachineSsh, machine: number): Promise<number> {
  const rules = await ssh.lines(machine, 'sudo iptables -t mangle -nvxL PREROUTING');
  return rules
    .filter((rule) => rule.includes(wireServer) && rule.includes('DROP'))
    .reduce((sum, rule) => sum + Number(rule.trim().split(/\s+/)[0]), 0);
}
