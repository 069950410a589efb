import { authorizationProvider } from './authorization/authorization-provider.ts';
import { computeProvider } from './compute/compute-provider.ts';
import { keyVaultProvider } from './key-vault/key-vault-provider.ts';
import { managementProvider } from './management/management-provider.ts';
import { networkProvider } from './network/network-provider.ts';
import type { ResourceProvider } from './provider.ts';
import { storageProvider } from './storage/storage-provider.ts';

/** All providers of the local cloud but Microsoft.Resources, which is the engine's own. */
export const providers: readonly ResourceProvider[] = [
  networkProvider,
  computeProvider,
  storageProvider,
  keyVaultProvider,
  authorizationProvider,
  managementProvider,
];
