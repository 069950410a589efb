import { expect, test } from 'vitest';
import { withoutTemplateSecrets } from './template-secrets.ts';

test('withholds secrets that were written into a template, and leaves references', () => {
  const template = {
    parameters: {
      open: { type: 'string', defaultValue: 'seen' },
      pin: { type: 'secureString', defaultValue: 'hush' },
      key: { type: 'SecureObject', defaultValue: "[parameters('other')]" },
      empty: { type: 'securestring', defaultValue: '' },
    },
    resources: [
      {
        properties: {
          osProfile: { adminPassword: 'hush', customData: "[base64(variables('cloudInit'))]" },
          protectedSettings: { commandToExecute: "[base64('hush')]", timeout: 3 },
          userData: '[[hush',
          secrets: [],
        },
      },
      {
        properties: {
          protectedSettings: { storageAccountKey: "[listKeys('x', '2023-01-01').keys[0].value]" },
        },
      },
    ],
  };
  const { template: told, withheld } = withoutTemplateSecrets(template);
  expect(JSON.stringify(told)).not.toContain('hush');
  expect(withheld).toEqual([
    'parameters.pin.defaultValue',
    'resources[0].properties.osProfile.adminPassword',
    'resources[0].properties.protectedSettings',
    'resources[0].properties.userData',
  ]);
  expect(told).toMatchObject({
    parameters: { ...template.parameters, pin: { type: 'secureString', defaultValue: '(withheld)' } },
    resources: [
      { properties: { osProfile: { customData: "[base64(variables('cloudInit'))]" } } },
      template.resources[1],
    ],
  });
});
