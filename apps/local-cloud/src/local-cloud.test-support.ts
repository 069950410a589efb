import { mkdtempSync, rmSync } from 'node:fs';
import { request, type Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResourceManagementClient } from '@azure/arm-resources';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { DeploymentsClient } from '@azure/arm-resourcesdeployments';
import { DeploymentStacksClient } from '@azure/arm-resourcesdeploymentstacks';
import type { AccessToken, TokenCredential } from '@azure/core-auth';
import type { Clock } from './clock.ts';
import { startLocalCloud, type LocalCloud } from './local-cloud.ts';
import type { ResourceProvider } from './providers/provider.ts';
import { subscriptionId } from './resources/places.ts';
import type { LocalCloudSettings } from './settings.ts';

/** A local cloud of its own for one test file, with Microsoft's clients for it. */
export interface TestCloud extends TestClients {
  cloud: LocalCloud;
  settings: LocalCloudSettings;
  close: () => Promise<void>;
}

export interface TestClients {
  resources: ResourceManagementClient;
  deployments: DeploymentsClient;
  stacks: DeploymentStacksClient;
  subscriptions: SubscriptionClient;
  /** What Microsoft's other clients are made of, for the tests that need them. */
  access: { credential: TokenCredential; options: ClientOptions };
  /** A plain request with a valid token unless `headers` brings its own. */
  send: (method: string, path: string, options?: SendOptions) => Promise<Answer>;
}

interface ClientOptions {
  endpoint: string;
  tlsOptions: { ca: string };
  retryOptions: { maxRetries: number };
}

interface SendOptions {
  body?: string | Buffer | object;
  /** Ends the request with an error, for what must not take for ever. */
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** Keeps connections for tests with many requests; without it each request has a connection of its own. */
  agent?: Agent;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** Of any shape: tests look into it. */
  json: Parameters<typeof JSON.stringify>[0];
}

/** How often the SDKs' pollers ask where the server leaves it to them. */
export const polling = { updateIntervalInMs: 10 };

export const subscription = subscriptionId;

export const testSecret = 'a secret of this test';

export function testSettings(more: Partial<LocalCloudSettings> = {}): LocalCloudSettings {
  return {
    host: 'localhost',
    port: 0,
    dataDir: mkdtempSync(join(tmpdir(), 'slipway-cloud-')),
    pace: 'instant',
    secret: testSecret,
    logLevel: 'silent',
    ...more,
  };
}

export async function startTestCloud(
  options: {
    providers?: readonly ResourceProvider[];
    clock?: Clock;
    settings?: Partial<LocalCloudSettings>;
  } = {},
): Promise<TestCloud> {
  const settings = testSettings(options.settings);
  const cloud = await startLocalCloud(settings, {
    ...(options.providers === undefined ? {} : { providers: options.providers }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  return {
    ...connect(cloud.endpoint, cloud.certificatePem, settings.secret),
    cloud,
    settings,
    close: async () => {
      await cloud.close();
      rmSync(settings.dataDir, { recursive: true, force: true });
    },
  };
}

/** Microsoft's clients for the cloud at `endpoint`, trusting exactly its certificate. */
export function connect(endpoint: string, certificatePem: string, secret: string): TestClients {
  const call = (method: string, path: string, options: SendOptions = {}): Promise<Answer> =>
    plainRequest(new URL(path, endpoint), certificatePem, method, options);
  const credential = new LocalCredential(call, secret);
  const options = { endpoint, tlsOptions: { ca: certificatePem }, retryOptions: { maxRetries: 0 } };
  return {
    resources: new ResourceManagementClient(credential, subscriptionId, options),
    deployments: new DeploymentsClient(credential, subscriptionId, options),
    stacks: new DeploymentStacksClient(credential, subscriptionId, options),
    subscriptions: new SubscriptionClient(credential, options),
    access: { credential, options },
    send: async (method, path, sendOptions = {}) => {
      const { token } = await credential.getToken();
      const headers = { authorization: `Bearer ${token}`, ...sendOptions.headers };
      return call(method, path, { ...sendOptions, headers });
    },
  };
}

class LocalCredential implements TokenCredential {
  readonly #call: TestClients['send'];
  readonly #secret: string;
  #token: Promise<AccessToken> | undefined;

  constructor(call: TestClients['send'], secret: string) {
    this.#call = call;
    this.#secret = secret;
  }

  getToken(): Promise<AccessToken> {
    this.#token ??= this.#fetch().catch((error: unknown) => {
      this.#token = undefined;
      throw error;
    });
    return this.#token;
  }

  async #fetch(): Promise<AccessToken> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'slipway-local',
      client_secret: this.#secret,
    });
    const answer = await this.#call('POST', '/adfs/oauth2/token', {
      body: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    return {
      token: answer.json.access_token,
      expiresOnTimestamp: Date.now() + answer.json.expires_in * 1000,
    };
  }
}

export function plainRequest(url: URL, ca: string, method: string, options: SendOptions): Promise<Answer> {
  const { body, headers = {} } = options;
  const payload = typeof body === 'object' && !Buffer.isBuffer(body) ? JSON.stringify(body) : body;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        ca,
        headers,
        agent: options.agent ?? false,
        servername: 'localhost',
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = String(answer.headers['content-type']).includes('json');
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text,
            json: isJson && text !== '' ? JSON.parse(text) : undefined,
          });
        });
      },
    );
    sent.once('error', reject);
    sent.end(payload);
  });
}

/** The rejection of a promise that must not resolve. */
export async function rejection(
  promise: Promise<unknown>,
): Promise<{ code: string; statusCode: number; message: string }> {
  try {
    await promise;
  } catch (error) {
    return error as { code: string; statusCode: number; message: string };
  }
  throw new Error('This should have been refused.');
}
