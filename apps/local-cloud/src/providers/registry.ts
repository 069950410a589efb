import { computeProvider } from './compute/compute-provider.ts';
import { networkProvider } from './network/network-provider.ts';
import type { ResourceProvider } from './provider.ts';
import { storageProvider } from './storage/storage-provider.ts';

/** All providers of the local cloud but Microsoft.Resources, which is the engine's own. */
export const providers: readonly ResourceProvider[] = [networkProvider, computeProvider, storageProvider];
