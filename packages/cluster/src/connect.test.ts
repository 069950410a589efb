import { describe, expect, it } from 'vitest';
import { agentUrl, connectCommands } from './connect-commands.ts';
import { type ArmResource, connectFacts, type ConnectFacts } from './connect-facts.ts';

const id = (type: string, name: string): string =>
  `/subscriptions/s/resourceGroups/g/providers/${type}/${name}`;

/** A deployed cluster as ARM returns it; all names come from `name`, so that a test can make them meaningless. */
function deployed(masters: number, name: (n: string) => string = (n) => n): ArmResource[] {
  const resource = (type: string, own: string, rest: object): ArmResource => ({
    id: id(type, name(own)),
    name: name(own),
    type,
    ...rest,
  });
  const balancer = (own: string): string => id('Microsoft.Network/loadBalancers', name(own));
  const indexes = Array.from({ length: masters }, (_, index) => index);
  const natRule = (own: string, frontendPort: number, backendPort: number): object => ({
    id: `${balancer('mlb')}/inboundNatRules/${name(own)}`,
    name: name(own),
    properties: {
      frontendIPConfiguration: { id: `${balancer('mlb')}/frontendIPConfigurations/${name('mf')}` },
      frontendPort,
      backendPort,
    },
  });
  return [
    resource('Microsoft.Network/publicIPAddresses', 'mip', {
      properties: { dnsSettings: { fqdn: 'harbourmgmt.westeurope.cloudapp.azure.com' } },
    }),
    resource('Microsoft.Network/publicIPAddresses', 'aip', {
      properties: { dnsSettings: { fqdn: 'harbouragents.westeurope.cloudapp.azure.com' } },
    }),
    resource('Microsoft.Network/loadBalancers', 'mlb', {
      properties: {
        frontendIPConfigurations: [
          {
            id: `${balancer('mlb')}/frontendIPConfigurations/${name('mf')}`,
            properties: { publicIPAddress: { id: id('Microsoft.Network/publicIPAddresses', name('mip')) } },
          },
        ],
        inboundNatRules: [
          ...indexes.toReversed().map((index) => natRule(`ssh${index}`, 2200 + index, 22)),
          natRule('ssh22', 22, 2222),
        ],
      },
    }),
    resource('Microsoft.Network/loadBalancers', 'alb', {
      properties: {
        frontendIPConfigurations: [
          {
            id: `${balancer('alb')}/frontendIPConfigurations/${name('af')}`,
            // ARM does not keep the case of ids.
            properties: { publicIPAddress: { id: id('microsoft.network/PUBLICIPADDRESSES', name('aip')) } },
          },
        ],
        loadBalancingRules: [8080, 80, 443].map((port) => ({
          name: name(`rule${port}`),
          properties: {
            frontendIPConfiguration: { id: `${balancer('alb')}/frontendIPConfigurations/${name('af')}` },
            backendAddressPool: { id: `${balancer('alb')}/backendAddressPools/${name('pool')}` },
            frontendPort: port,
            protocol: 'Tcp',
          },
        })),
      },
    }),
    ...indexes.flatMap((index) => [
      resource('Microsoft.Network/networkInterfaces', `nic${index}`, {
        properties: {
          ipConfigurations: [
            {
              properties: {
                loadBalancerInboundNatRules: [`ssh${index}`, ...(index === 0 ? ['ssh22'] : [])].map(
                  (rule) => ({
                    id: `${balancer('mlb')}/inboundNatRules/${name(rule)}`,
                  }),
                ),
              },
            },
          ],
        },
      }),
      resource('Microsoft.Compute/virtualMachines', `vm${index}`, {
        properties: {
          osProfile: { adminUsername: 'jane' },
          networkProfile: {
            networkInterfaces: [{ id: id('Microsoft.Network/networkInterfaces', name(`nic${index}`)) }],
          },
        },
      }),
    ]),
    resource('Microsoft.Compute/virtualMachineScaleSets', 'vmss', {
      sku: { capacity: 4 },
      properties: {
        virtualMachineProfile: {
          networkProfile: {
            networkInterfaceConfigurations: [
              {
                properties: {
                  ipConfigurations: [
                    {
                      properties: {
                        loadBalancerBackendAddressPools: [
                          { id: `${balancer('alb')}/backendAddressPools/${name('pool')}` },
                        ],
                      },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    }),
  ];
}

function factsOf(resources: ArmResource[]): ConnectFacts {
  const reading = connectFacts(resources);
  if (!reading.complete) throw new Error(reading.missing.join(', '));
  return reading.facts;
}

describe('connect facts', () => {
  it('are read from the deployed resources', () => {
    expect(factsOf(deployed(3))).toEqual({
      adminUsername: 'jane',
      masterFqdn: 'harbourmgmt.westeurope.cloudapp.azure.com',
      agentFqdn: 'harbouragents.westeurope.cloudapp.azure.com',
      ssh: [
        { port: 22, machine: 'vm0', backendPort: 2222 },
        { port: 2200, machine: 'vm0', backendPort: 22 },
        { port: 2201, machine: 'vm1', backendPort: 22 },
        { port: 2202, machine: 'vm2', backendPort: 22 },
      ],
      agentPorts: [80, 443, 8080].map((port) => ({ port, protocol: 'Tcp', rule: `rule${port}` })),
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
    expect(step('tunnel').commands.bash).toBe(
      'ssh -fNL 2375:localhost:2375 -p 2200 jane@harbourmgmt.westeurope.cloudapp.azure.com',
    );
    expect(step('tunnel').commands.powershell).not.toContain('-f');
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
    ]);
    expect(step('info').explanation).toContain('3 managers and 7 nodes');
    expect(step('service').commands.cmd).toContain('docker service create --name web --publish 80:80 nginx');
  });

  it('lead to the agents’ address by the rules that exist', () => {
    expect(step('open').links).toEqual([
      'http://harbouragents.westeurope.cloudapp.azure.com/',
      'https://harbouragents.westeurope.cloudapp.azure.com/',
      'http://harbouragents.westeurope.cloudapp.azure.com:8080/',
    ]);
    expect(agentUrl({ agentFqdn: 'a.example' }, 9000)).toBe('http://a.example:9000/');
  });

  it('publish another port where the cluster does not offer 80', () => {
    const facts = factsOf(deployed(1));
    const other = connectCommands({ ...facts, agentPorts: [{ port: 9000, protocol: 'Tcp', rule: 'r' }] });
    expect(other.find(({ id: stepId }) => stepId === 'service')!.commands.bash).toContain(
      '--publish 9000:80',
    );
  });

  it('name the SSH port of every master', () => {
    expect(step('ssh').commands.bash.split('\n')).toHaveLength(4);
    expect(step('ssh').explanation).toContain('2202 is vm2');
  });
});
