import { describe, expect, test } from 'vitest';
import { operationWords } from './operation-words.ts';

describe('operations in words', () => {
  test.each([
    ['Microsoft.Network/virtualNetworks/write', 'Create or update virtual network'],
    ['Microsoft.Network/publicIPAddresses/delete', 'Delete public IP address'],
    ['Microsoft.Compute/virtualMachines/powerOff/action', 'Stop virtual machine'],
    ['Microsoft.Compute/virtualMachines/reimage/action', 'Reimage virtual machine'],
    ['Microsoft.Authorization/locks/write', 'Create or update lock'],
    ['Contoso.Tea/teaPots/delete', 'Delete tea pots'],
    ['Something else', 'Something else'],
  ])('%s', (operation, words) => expect(operationWords(operation)).toBe(words));
});
