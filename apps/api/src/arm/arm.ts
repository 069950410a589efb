import { ComputeManagementClient } from '@azure/arm-compute';
import { NetworkManagementClient } from '@azure/arm-network';
import { ResourceManagementClient } from '@azure/arm-resources';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { DeploymentsClient } from '@azure/arm-resourcesdeployments';
import { DeploymentStacksClient } from '@azure/arm-resourcesdeploymentstacks';
import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential } from '@azure/identity';
import type { Settings } from '../settings.ts';
import { armFailurePolicy } from './arm-failure.ts';
import { correlationPolicy } from './correlation.ts';
import { keptCredential } from './kept-credential.ts';
import { localCredential, readLocalCertificate } from './local-cloud-access.ts';

/** Microsoft's clients for one subscription. */
export interface ArmClients {
  resources: ResourceManagementClient;
  deployments: DeploymentsClient;
  stacks: DeploymentStacksClient;
  network: NetworkManagementClient;
  compute: ComputeManagementClient;
}

/** The way to Azure Resource Manager; which cloud stands behind it is a matter of endpoint and credential. */
export interface Arm {
  readonly kind: Settings['cloud'];
  /** Absolute, without a trailing slash. */
  readonly endpoint: string;
  clients: (subscriptionId: string) => Promise<ArmClients>;
  subscriptions: () => Promise<SubscriptionClient>;
  /** The local cloud's certificate as PEM; `undefined` where the public authorities are trusted. */
  certificate: () => Promise<string | undefined>;
  /** Throws when there is no credential, or when it is refused. */
  checkCredential: () => Promise<void>;
}

interface Session {
  certificate: string | undefined;
  credential: TokenCredential;
  options: ReturnType<typeof clientOptions>;
  clients: Map<string, ArmClients>;
  subscriptions: SubscriptionClient | undefined;
}

const maxSubscriptionsKept = 64;

/** Opens the way to the cloud that the settings name; nothing is sent before the first call. */
export function createArm(settings: Settings): Arm {
  const local = settings.cloud === 'local';
  const endpoint = local ? `https://localhost:${settings.armPort}` : 'https://management.azure.com';
  const certificate = async () => (local ? readLocalCertificate(settings.dataDir) : undefined);
  let session: Session | undefined;

  const open = async (): Promise<Session> => {
    const trusted = await certificate();
    if (session && session.certificate === trusted) return session;
    const credential = keptCredential(
      trusted === undefined
        ? new DefaultAzureCredential()
        : localCredential({ endpoint, certificate: trusted, secret: settings.localSecret }),
    );
    session = {
      certificate: trusted,
      credential,
      options: clientOptions(endpoint, trusted),
      clients: new Map(),
      subscriptions: undefined,
    };
    return session;
  };

  return {
    kind: settings.cloud,
    endpoint,
    certificate,
    clients: async (subscriptionId) => {
      const opened = await open();
      const key = subscriptionId.toLowerCase();
      const known = opened.clients.get(key);
      if (known) return known;
      const { credential, options } = opened;
      const stacks = new DeploymentStacksClient(credential, subscriptionId, options);
      // The one client of an older generation: its own error handling sits further out than additional policies.
      stacks.pipeline.removePolicy(armFailurePolicy);
      stacks.pipeline.addPolicy(armFailurePolicy, { afterPhase: 'Deserialize' });
      const made: ArmClients = {
        resources: new ResourceManagementClient(credential, subscriptionId, options),
        deployments: new DeploymentsClient(credential, subscriptionId, options),
        stacks,
        network: new NetworkManagementClient(credential, subscriptionId, options),
        compute: new ComputeManagementClient(credential, subscriptionId, options),
      };
      const oldest = opened.clients.keys().next();
      if (opened.clients.size >= maxSubscriptionsKept && !oldest.done) opened.clients.delete(oldest.value);
      opened.clients.set(key, made);
      return made;
    },
    subscriptions: async () => {
      const opened = await open();
      opened.subscriptions ??= new SubscriptionClient(opened.credential, opened.options);
      return opened.subscriptions;
    },
    checkCredential: async () => {
      const { credential } = await open();
      await credential.getToken(`${endpoint}/.default`);
    },
  };
}

/** One set of options for all clients: trust, time, retries, and refusals in ARM's own words. */
function clientOptions(endpoint: string, certificate: string | undefined) {
  return {
    endpoint,
    ...(certificate === undefined ? {} : { tlsOptions: { ca: certificate } }),
    retryOptions: { maxRetries: 2, retryDelayInMs: 250, maxRetryDelayInMs: 5_000 },
    userAgentOptions: { userAgentPrefix: 'slipway' },
    additionalPolicies: [
      { policy: armFailurePolicy, position: 'perCall' as const },
      { policy: correlationPolicy, position: 'perCall' as const },
    ],
  };
}
