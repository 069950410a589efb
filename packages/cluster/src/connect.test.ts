import { describe, expect, it } from 'vitest';
import { connectCommands } from './connect-commands.ts';
import { connectFacts } from './connect-facts.ts';
import { deployed, factsOf, vmIdOf } from './connect.test-support.ts';
import { agentUrl } from './entrances.ts';

describe('connect facts', () => {
  it('are read from the deployed resources', () => {
    expect(factsOf(deployed(3))).toEqual({
      adminUsername: 'jane',
      masterFqdn: 'harbourmgmt.westeurope.cloudapp.azure.com',
      agentFqdn: 'harbouragents.westeurope.cloudapp.azure.com',
      ssh: [
        { port: 22, machine: 'vm0', machineId: vmIdOf(0), backendPort: 2222 },
        { port: 2200, machine: 'vm0', machineId: vmIdOf(0), backendPort: 22 },
        { port: 2201, machine: 'vm1', machineId: vmIdOf(1), backendPort: 22 },
        { port: 2202, machine: 'vm2', machineId: vmIdOf(2), backendPort: 22 },
      ].map((entrance) => ({
        ...entrance,
        at: { host: 'harbourmgmt.westeurope.cloudapp.azure.com', port: entrance.port },
      })),
      agentPorts: [80, 443, 8080].map((port) => ({
        port,
        protocol: 'Tcp',
        rule: `rule${port}`,
        at: { host: 'harbouragents.westeurope.cloudapp.azure.com', port },
      })),
      routingMesh: true,
      masterCount: 3,
      agentCount: 4,
    });
  });

  it('do not depend on names', () => {
    const plain = factsOf(deployed(5));
    let next = 0;
    const given = new Map<string, string>();
    const meaningless = (name: string): string => {
      if (!given.has(name)) given.set(name, `x${(next++ * 7919) % 1009}`);
      return given.get(name)!;
    };
    const renamed = factsOf(deployed(5, meaningless));
    expect({ ...renamed, ssh: [], agentPorts: [] }).toEqual({ ...plain, ssh: [], agentPorts: [] });
    expect(renamed.ssh.map(({ port }) => port)).toEqual([22, 2200, 2201, 2202, 2203, 2204]);
  });

  it('of a cluster that is still being deployed say what is missing', () => {
    expect(connectFacts([])).toEqual({
      complete: false,
      missing: [
        'an inbound NAT rule that leads to a master',
        'a load-balancing rule that leads to the agents',
        "the agents' scale set",
      ],
    });
    const withoutAddress = deployed(1).filter(({ name }) => name !== 'mip');
    expect(connectFacts(withoutAddress)).toEqual({
      complete: false,
      missing: ["the DNS name of the masters' address"],
    });
  });

  it('are not confused by resources that are half there', () => {
    const broken = deployed(1).map((resource) => ({ ...resource, properties: undefined }));
    expect(connectFacts(broken)).toMatchObject({ complete: false });
  });
});

describe('connect commands', () => {
  const steps = connectCommands(factsOf(deployed(3)));
  const step = (stepId: string) => steps.find((candidate) => candidate.id === stepId)!;

  it('open the tunnel through the first master’s own port', () => {
    const onWindows = 'ssh -NL 2375:localhost:2375 -p 2200 jane@harbourmgmt.westeurope.cloudapp.azure.com';
    expect(step('tunnel').commands).toEqual({
      bash: 'ssh -fNL 2375:localhost:2375 -p 2200 jane@harbourmgmt.westeurope.cloudapp.azure.com',
      powershell: onWindows,
      cmd: onWindows,
    });
  });

  it('say what to do where the port of the tunnel is taken', () => {
    expect(step('tunnel').notes.join()).toContain('23750:localhost:2375 and tcp://localhost:23750');
    expect(steps.flatMap(({ notes }) => notes)).toHaveLength(2);
  });

  it('point Docker at it in each shell', () => {
    expect(step('docker-host').commands).toEqual({
      bash: 'export DOCKER_HOST=tcp://localhost:2375',
      powershell: '$env:DOCKER_HOST = "tcp://localhost:2375"',
      cmd: 'set DOCKER_HOST=tcp://localhost:2375',
    });
  });

  it('show the service before docker run, and say how many nodes to expect', () => {
    expect(steps.map((entry) => entry.id)).toEqual([
      'tunnel',
      'docker-host',
      'info',
      'service',
      'open',
      'stack',
      'run',
      'ssh',
      'close',
    ]);
    expect(step('info').explanation).toContain('3 managers and 7 nodes');
    expect(step('service').commands.cmd).toContain('docker service create --name web --publish 80:80 nginx');
  });

  it('lead to the agents’ address by the rules that exist', () => {
    expect(step('open').entrances.map(({ url }) => url)).toEqual([
      'http://harbouragents.westeurope.cloudapp.azure.com/',
      'https://harbouragents.westeurope.cloudapp.azure.com/',
      'http://harbouragents.westeurope.cloudapp.azure.com:8080/',
    ]);
    expect(agentUrl({ port: 9000, at: { host: 'a.example', port: 9000 } })).toBe('http://a.example:9000/');
  });

  it('publish another port where the cluster does not offer 80', () => {
    const facts = factsOf(deployed(1));
    const at = { host: facts.agentFqdn, port: 9000 };
    const other = connectCommands({ ...facts, agentPorts: [{ port: 9000, protocol: 'Tcp', rule: 'r', at }] });
    expect(other.find(({ id: stepId }) => stepId === 'service')!.commands.bash).toContain(
      '--publish 9000:80',
    );
  });

  it('name the SSH port of every master', () => {
    expect(step('ssh').commands.cmd.split('\n')).toEqual(
      [22, 2200, 2201, 2202].map((port) => `ssh -p ${port} jane@harbourmgmt.westeurope.cloudapp.azure.com`),
    );
    expect(step('ssh').explanation).toContain('2202 is vm2');
    expect(step('ssh').entrances.map(({ port, leadsTo }) => `${port} ${leadsTo}`)).toContain('2202 vm2');
  });
});
