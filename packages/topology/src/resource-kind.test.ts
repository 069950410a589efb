import { expect, test } from 'vitest';
import { displayNameOfType, kindOfType } from './index.ts';

test.each([
  ['Microsoft.Network/loadBalancers', 'Load balancer'],
  ['microsoft.network/PUBLICIPADDRESSES', 'Public IP address'],
  ['Microsoft.Compute/virtualMachines/extensions', 'Machine extension'],
  ['Microsoft.Network/natGateways', 'NAT gateway'],
  ['Contoso.Tea/teaPots', 'Tea pots'],
  ['constructor', 'Constructor'],
  ['oddity', 'Oddity'],
])('%s is called "%s"', (type, name) => {
  expect(displayNameOfType(type)).toBe(name);
});

test('a type that nobody knows is drawn as something else', () => {
  expect(kindOfType('Contoso.Tea/teapots')).toBe('other');
  expect(kindOfType('__proto__')).toBe('other');
});
