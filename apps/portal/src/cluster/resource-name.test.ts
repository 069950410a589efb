import { expect, test } from 'vitest';
import { fullResourceName } from './resource-name.ts';

const group = '/subscriptions/1/resourceGroups/demo-rg';

test.each([
  [`${group}/providers/Microsoft.Network/virtualNetworks/vnet`, 'vnet'],
  [
    `${group}/providers/Microsoft.Compute/virtualMachines/master-0/extensions/configuremaster`,
    'master-0/configuremaster',
  ],
  [
    `${group}/providers/Microsoft.Network/virtualNetworks/vnet/providers/Microsoft.Authorization/locks/keep`,
    'keep',
  ],
  [group, 'as it came'],
])('%s is named %s', (id, name) => {
  expect(fullResourceName({ id, name: 'as it came' })).toBe(name);
});
