import { describe, expect, it } from 'vitest';
import { connectCommands } from './connect-commands.ts';
import type { ConnectFacts } from './connect-facts.ts';
import { deployed, factsOf } from './connect.test-support.ts';
import { shells } from './shells.ts';

const endpoint = (port: number, address: string, localPort = port) => ({
  protocol: 'Tcp',
  port,
  address,
  localPort,
});
const asIs = (name: string): string => name;
const onThisComputer = (masters: number, more: { mip?: object; aip?: object } = {}): ConnectFacts =>
  factsOf(
    deployed(masters, asIs, {
      mip: {
        localEndpoints: [22, 2200, 2201, 2202].map((port) => endpoint(port, '127.83.0.1')),
        ...more.mip,
      },
      aip: { localEndpoints: [80, 443, 8080].map((port) => endpoint(port, '127.83.0.2')), ...more.aip },
    }),
  );
const stepOf = (facts: ConnectFacts, id: string, keyFile?: string) =>
  connectCommands(facts, { keyFile }).find((step) => step.id === id)!;

describe('a cluster whose addresses are served on this computer', () => {
  it('is reached there, and keeps its names', () => {
    const facts = onThisComputer(3);
    expect(facts.masterFqdn).toBe('harbourmgmt.westeurope.cloudapp.azure.com');
    expect(facts.ssh.map(({ at }) => at)).toEqual(
      [22, 2200, 2201, 2202].map((port) => ({ host: '127.83.0.1', port })),
    );
    expect(facts.agentPorts.map(({ at }) => at)).toEqual(
      [80, 443, 8080].map((port) => ({ host: '127.83.0.2', port })),
    );
  });

  it('has its host keys in a file of each machine, in every shell', () => {
    const facts = onThisComputer(1);
    for (const shell of shells)
      expect(stepOf(facts, 'tunnel').commands[shell]).toBe(
        `ssh ${shell === 'bash' ? '-fNL' : '-NL'} 2375:localhost:2375 -p 2200 -o StrictHostKeyChecking=accept-new ` +
          '-o "UserKnownHostsFile=~/.ssh/slipway-harbourmgmt-a0b1c2d0" jane@127.83.0.1',
      );
    expect(stepOf(facts, 'tunnel').notes[1]).toMatch(
      /127\.83\.0\.1 stands for harbourmgmt\.westeurope.*one cluster after another.*file of its own/,
    );
    const signIn = stepOf(onThisComputer(3), 'ssh').commands.powershell.split('\n');
    expect(signIn[3]).toBe(
      'ssh -p 2202 -o StrictHostKeyChecking=accept-new -o "UserKnownHostsFile=~/.ssh/slipway-harbourmgmt-a0b1c2d2" jane@127.83.0.1',
    );
  });

  it('takes another file when other machines stand behind the same address', () => {
    const facts = onThisComputer(1);
    const later = {
      ...facts,
      ssh: facts.ssh.map((entrance) => ({ ...entrance, machineId: '99998888-7777' })),
    };
    expect(stepOf(later, 'tunnel').commands.bash).toContain('/slipway-harbourmgmt-99998888"');
  });

  it('is opened in a browser at its addresses', () => {
    const step = stepOf(onThisComputer(1), 'open');
    expect(step.entrances.map(({ url }) => url)).toEqual([
      'http://127.83.0.2/',
      'https://127.83.0.2/',
      'http://127.83.0.2:8080/',
    ]);
    expect(step.commands.bash).toBe('curl http://127.83.0.2/');
    expect(step.notes).toEqual([
      'On the computer that runs the portal, 127.83.0.2 stands for harbouragents.westeurope.cloudapp.azure.com.',
    ]);
  });

  it('is reached at other ports where its own are taken, and says which', () => {
    const facts = onThisComputer(1, {
      mip: { localEndpoints: [endpoint(22, '127.0.0.1', 40_022), endpoint(2200, '127.0.0.1', 42_200)] },
      aip: { localEndpoints: [endpoint(80, '127.0.0.1', 40_080), endpoint(443, '127.0.0.1', 40_443)] },
    });
    expect(stepOf(facts, 'tunnel').commands.bash).toMatch(/ -p 42200 .*jane@127\.0\.0\.1$/);
    expect(stepOf(facts, 'ssh').explanation).toContain('2200 (reached at 42200) is vm0');
    const open = stepOf(facts, 'open');
    expect(open.entrances.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:40080/',
      'https://127.0.0.1:40443/',
    ]);
    expect(open.explanation).toContain('80 (reached at 40080), 443 (reached at 40443)');
    expect(open.notes).toContain('No address of that computer leads to 8080.');
  });

  it('uses an entrance that is reached, where the usual one is not', () => {
    const facts = onThisComputer(3, {
      mip: { localEndpoints: [endpoint(2201, '127.83.0.1')] },
      aip: { localEndpoints: [endpoint(8080, '127.83.0.2')] },
    });
    expect(stepOf(facts, 'tunnel').commands.bash).toContain(' -p 2201 ');
    expect(stepOf(facts, 'ssh').commands.bash.split('\n')).toHaveLength(1);
    expect(stepOf(facts, 'service').commands.bash).toContain('--publish 8080:80');
    expect(stepOf(facts, 'open').commands.cmd).toBe('curl http://127.83.0.2:8080/');
  });

  it('is reached at an IPv6 address, in brackets where a port follows', () => {
    const facts = onThisComputer(1, {
      mip: { localEndpoints: [endpoint(2200, '::1')] },
      aip: { localEndpoints: [endpoint(8080, '::1')] },
    });
    expect(stepOf(facts, 'tunnel').commands.bash).toMatch(/jane@::1$/);
    expect(stepOf(facts, 'tunnel').entrances.map(({ address }) => address)).toEqual(['[::1]:2200']);
    expect(stepOf(facts, 'open').entrances.map(({ url }) => url)).toEqual(['http://[::1]:8080/']);
  });

  it.each([
    ['no list', 'nonsense'],
    ['no endpoints', [null, 7, {}, { port: 2200 }]],
    ['no address', [endpoint(2200, 'localhost; rm -rf ~')]],
    ['no port', [endpoint(2200, '127.83.0.1', 70_000)]],
    ['another protocol', [{ ...endpoint(2200, '127.83.0.1'), protocol: 'Udp' }]],
  ])('goes by its name where the resource tells %s', (_what, localEndpoints) => {
    const facts = onThisComputer(1, { mip: { localEndpoints } });
    expect(stepOf(facts, 'tunnel').commands.bash).toBe(
      'ssh -fNL 2375:localhost:2375 -p 2200 jane@harbourmgmt.westeurope.cloudapp.azure.com',
    );
  });
});

describe('a cluster whose engine cannot route between its nodes', () => {
  const facts = onThisComputer(1, { aip: { localRouting: 'host-only' } });

  it('publishes in host mode on every agent, and says why', () => {
    const { commands, explanation } = stepOf(facts, 'service');
    const options = 'docker service create --name web --mode global';
    expect(commands.bash.split('\n')[0]).toBe(`${options} --publish mode=host,published=80,target=80 nginx`);
    expect(commands.cmd).toBe(commands.bash);
    expect(commands.powershell).toContain('--publish "mode=host,published=80,target=80" nginx');
    expect(explanation).toMatch(/IPVS.*host mode.*one container on each agent/);
    expect(stepOf(facts, 'stack').explanation).toContain('mode: host');
  });

  it('is told from one that can', () => {
    for (const localRouting of ['full', undefined, 7]) {
      const routed = onThisComputer(1, { aip: { localRouting } });
      expect(routed.routingMesh).toBe(true);
      expect(stepOf(routed, 'service').commands.bash).toContain('--publish 80:80');
    }
  });
});
