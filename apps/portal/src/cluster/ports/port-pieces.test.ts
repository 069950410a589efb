import type { ArmResource } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { piecesOfPorts } from './port-pieces.ts';

const balancer = (rules: [name: string, port: number, probe?: string][]): ArmResource => ({
  id: '/lb',
  name: 'lb',
  type: 'Microsoft.Network/loadBalancers',
  properties: {
    loadBalancingRules: rules.map(([name, frontendPort, probe]) => ({
      name,
      properties: { frontendPort, ...(probe ? { probe: { id: `/lb/probes/${probe}` } } : {}) },
    })),
  },
});
const group = (rules: Record<string, unknown>[]): ArmResource => ({
  id: '/nsg',
  name: 'nsg',
  type: 'microsoft.network/networkSecurityGroups',
  properties: {
    securityRules: rules.map((properties, index) => ({
      name: `rule-${index}`,
      properties: {
        access: 'Allow',
        direction: 'Inbound',
        protocol: 'Tcp',
        sourceAddressPrefix: 'Internet',
        ...properties,
      },
    })),
  },
});

const securityRule = (rule: Record<string, unknown>) =>
  piecesOfPorts([group([rule])], [80]).byPort.get(80)?.securityRule;

describe('what Azure has for a port', () => {
  test('is found by the port, whatever it is called', () => {
    const { byPort, strangers } = piecesOfPorts(
      [
        balancer([
          ['web', 80, 'alive'],
          ['by hand', 9000],
        ]),
        group([{ destinationPortRange: '80' }]),
      ],
      [80, 443],
    );
    expect(byPort.get(80)).toEqual({ rule: 'web', probe: 'alive', securityRule: 'rule-0' });
    expect(byPort.get(443)).toEqual({});
    expect(strangers).toEqual([{ name: 'by hand', port: 9000 }]);
  });

  test('is let in only by a rule for the internet, its protocol and its port', () => {
    expect(securityRule({ destinationPortRanges: ['22', '70-90'] })).toBe('rule-0');
    expect(securityRule({ destinationPortRange: '*', protocol: '*', sourceAddressPrefix: '*' })).toBe(
      'rule-0',
    );
    for (const other of [
      { destinationPortRange: '81-90' },
      { destinationPortRange: '80', access: 'Deny' },
      { destinationPortRange: '80', direction: 'Outbound' },
      { destinationPortRange: '80', protocol: 'Udp' },
      { destinationPortRange: '80', sourceAddressPrefix: 'VirtualNetwork' },
      {},
    ])
      expect(securityRule(other)).toBeUndefined();
  });

  test('that is half there or of another form is no error', () => {
    expect(piecesOfPorts([{ id: '/lb', name: 'lb', type: 'Microsoft.Network/loadBalancers' }], [80])).toEqual(
      {
        byPort: new Map([[80, {}]]),
        strangers: [],
      },
    );
  });
});
