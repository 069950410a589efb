import { ComputeManagementClient } from '@azure/arm-compute';
import { MonitorClient } from '@azure/arm-monitor';
import { NetworkManagementClient } from '@azure/arm-network';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { ResourceManagementClient } from '@azure/arm-resources';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { DeploymentsClient } from '@azure/arm-resourcesdeployments';
import { DeploymentStacksClient } from '@azure/arm-resourcesdeploymentstacks';
import { type Pipeline, bearerTokenAuthenticationPolicyName } from '@azure/core-rest-pipeline';
import { DefaultAzureCredential } from '@azure/identity';
import type { Settings } from '../settings.ts';
import { armFailurePolicy } from './arm-failure.ts';
import { correlationPolicy } from './correlation.ts';
import { type KeptCredential, keptCredential } from './kept-credential.ts';
import { localCredential, readLocalCertificate } from './local-cloud-access.ts';
import { retriesPolicy } from './retries.ts';
import { timeLimitPolicy } from './time-limits.ts';
import { tokenPolicy } from './token-policy.ts';

/** Microsoft's clients for one subscription. */
export interface ArmClients {
  resources: ResourceManagementClient;
  deployments: DeploymentsClient;
  stacks: DeploymentStacksClient;
  network: NetworkManagementClient;
  compute: ComputeManagementClient;
  monitor: MonitorClient;
}

/** The way to Azure Resource Manager; which cloud stands behind it is a matter of endpoint and credential. */
export interface Arm {
  readonly kind: Settings['cloud'];
  /** Absolute, without a trailing slash. */
  readonly endpoint: string;
  /** How long one answer is waited for. */
  readonly timeLimitMs: number;
  clients: (subscriptionId: string) => Promise<ArmClients>;
  subscriptions: () => Promise<SubscriptionClient>;
  graph: () => Promise<ResourceGraphClient>;
  /** The local cloud's certificate as PEM; `undefined` where the public authorities are trusted. */
  certificate: () => Promise<string | undefined>;
  /** Throws when there is no credential, or when it is refused. */
  checkCredential: () => Promise<void>;
}

interface Session {
  certificate: string | undefined;
  credential: KeptCredential;
  options: ReturnType<typeof clientOptions>;
  clients: Map<string, ArmClients>;
  subscriptions: SubscriptionClient | undefined;
  graph: ResourceGraphClient | undefined;
}

const maxSubscriptionsKept = 64;

/** Opens the way to the cloud that the settings name; nothing is sent before the first call. */
export function createArm(settings: Settings): Arm {
  const local = settings.cloud === 'local';
  const endpoint = local ? `https://localhost:${settings.armPort}` : 'https://management.azure.com';
  const certificate = async () => (local ? readLocalCertificate(settings.dataDir) : undefined);
  let session: Session | undefined;

  /** Gives a client of Microsoft's our answers to a refused token and to faults that pass. */
  const prepared = <Client extends { pipeline: Pipeline }>(client: Client, opened: Session): Client => {
    client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
    // Innermost: it sees an answer before anything makes an error of it, and every attempt has the token of its moment.
    client.pipeline.addPolicy(tokenPolicy(opened.credential, endpoint), { phase: 'Sign' });
    client.pipeline.removePolicy({ name: defaultRetryPolicyName });
    client.pipeline.addPolicy(retriesPolicy(settings.armTimeLimitMs), { phase: 'Retry' });
    return client;
  };

  const open = async (): Promise<Session> => {
    const trusted = await certificate();
    if (session && session.certificate === trusted) return session;
    const credential = keptCredential(
      trusted === undefined
        ? new DefaultAzureCredential()
        : localCredential({
            endpoint,
            certificate: trusted,
            secret: settings.localSecret,
            timeLimitMs: settings.armTimeLimitMs,
          }),
    );
    session = {
      certificate: trusted,
      credential,
      options: clientOptions(endpoint, trusted, settings.armTimeLimitMs),
      clients: new Map(),
      subscriptions: undefined,
      graph: undefined,
    };
    return session;
  };

  return {
    kind: settings.cloud,
    endpoint,
    timeLimitMs: settings.armTimeLimitMs,
    certificate,
    clients: async (subscriptionId) => {
      const opened = await open();
      const key = subscriptionId.toLowerCase();
      const known = opened.clients.get(key);
      if (known) return known;
      const { credential, options } = opened;
      const stacks = prepared(new DeploymentStacksClient(credential, subscriptionId, options), opened);
      // The one client of an older generation: its own error handling sits further out than additional policies.
      stacks.pipeline.removePolicy(armFailurePolicy);
      stacks.pipeline.addPolicy(armFailurePolicy, { afterPhase: 'Deserialize' });
      const made: ArmClients = {
        resources: prepared(new ResourceManagementClient(credential, subscriptionId, options), opened),
        deployments: prepared(new DeploymentsClient(credential, subscriptionId, options), opened),
        stacks,
        network: prepared(new NetworkManagementClient(credential, subscriptionId, options), opened),
        compute: prepared(new ComputeManagementClient(credential, subscriptionId, options), opened),
        monitor: prepared(new MonitorClient(credential, subscriptionId, options), opened),
      };
      const oldest = opened.clients.keys().next();
      if (opened.clients.size >= maxSubscriptionsKept && !oldest.done) opened.clients.delete(oldest.value);
      opened.clients.set(key, made);
      return made;
    },
    subscriptions: async () => {
      const opened = await open();
      opened.subscriptions ??= prepared(new SubscriptionClient(opened.credential, opened.options), opened);
      return opened.subscriptions;
    },
    graph: async () => {
      const opened = await open();
      opened.graph ??= prepared(new ResourceGraphClient(opened.credential, opened.options), opened);
      return opened.graph;
    },
    checkCredential: async () => {
      const { credential } = await open();
      await credential.getToken(`${endpoint}/.default`);
    },
  };
}

/** The SDK exports this policy, but not its name. */
const defaultRetryPolicyName = 'defaultRetryPolicy';

/** One set of options for all clients: trust, time, and refusals in ARM's own words. */
function clientOptions(endpoint: string, certificate: string | undefined, timeLimitMs: number) {
  return {
    endpoint,
    ...(certificate === undefined ? {} : { tlsOptions: { ca: certificate } }),
    userAgentOptions: { userAgentPrefix: 'slipway' },
    additionalPolicies: [
      { policy: armFailurePolicy, position: 'perCall' as const },
      { policy: correlationPolicy, position: 'perCall' as const },
      { policy: timeLimitPolicy(timeLimitMs), position: 'perRetry' as const },
    ],
  };
}
