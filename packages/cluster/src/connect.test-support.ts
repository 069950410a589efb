import { type ArmResource, connectFacts, type ConnectFacts } from './connect-facts.ts';

/** The id that Azure gave to the machine of a master. */
export const vmIdOf = (index: number): string => `a0b1c2d${index}-1111-4222-8333-444455556666`;

const id = (type: string, name: string): string =>
  `/subscriptions/s/resourceGroups/g/providers/${type}/${name}`;

/**
 * A deployed cluster as ARM returns it. All names come from `name`, so that a test can make them meaningless;
 * `mip` and `aip` are added to the properties of the masters' and the agents' public address.
 */
export function deployed(
  masters: number,
  name: (n: string) => string = (n) => n,
  { mip = {}, aip = {} }: { mip?: object; aip?: object } = {},
): ArmResource[] {
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
      properties: { dnsSettings: { fqdn: 'harbourmgmt.westeurope.cloudapp.azure.com' }, ...mip },
    }),
    resource('Microsoft.Network/publicIPAddresses', 'aip', {
      properties: { dnsSettings: { fqdn: 'harbouragents.westeurope.cloudapp.azure.com' }, ...aip },
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
          vmId: vmIdOf(index),
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

/** The facts of resources that tell all of them. */
export function factsOf(resources: ArmResource[]): ConnectFacts {
  const reading = connectFacts(resources);
  if (!reading.complete) throw new Error(reading.missing.join(', '));
  return reading.facts;
}
