import type { JsonValue } from '@slipway/arm-template';
import type { CloudView, ResourceProvider } from '../provider.ts';
import { checkNameAvailability, storageAccounts } from './storage-accounts.ts';

function listUsages(call: {
  subscriptionId: string;
  params: Readonly<Record<string, string>>;
  view: CloudView;
}): JsonValue {
  const location = (call.params['location'] ?? '').toLowerCase();
  const accounts = call.view
    .list({ subscriptionId: call.subscriptionId, type: storageAccounts.type })
    .filter((account) => account.location === location);
  return {
    value: [
      {
        unit: 'Count',
        currentValue: accounts.length,
        limit: 250,
        name: { value: 'StorageAccounts', localizedValue: 'Storage Accounts' },
      },
    ],
  };
}

/** `Microsoft.Storage`. */
export const storageProvider: ResourceProvider = {
  namespace: 'Microsoft.Storage',
  shapes: {
    'Microsoft.Storage/storageAccounts': {
      sku: { name: 'text', tier: 'text' },
      kind: 'text',
      properties: { accountType: 'text', accessTier: 'text', minimumTlsVersion: 'text' },
    },
  },
  types: [storageAccounts],
  subscriptionActions: { checknameavailability: checkNameAvailability },
  subscriptionRoutes: { 'locations/{location}/usages': listUsages },
};
