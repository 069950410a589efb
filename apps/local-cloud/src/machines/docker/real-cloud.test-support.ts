import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectTo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ComputeManagementClient } from '@azure/arm-compute';
import Docker from 'dockerode';
import { vi } from 'vitest';
import { subscription, type TestClients } from '../../local-cloud.test-support.ts';
import { ServerProcess } from '../../server-process.test-support.ts';
import { cloudLabel } from './labels.ts';

export const docker = new Docker();

const apiVersion = 'api-version=2025-04-01';

/** A local cloud with real machines in a process of its own, and what is asked of it and of its machines. */
export class RealCloud {
  readonly server: ServerProcess;
  readonly #keys = mkdtempSync(join(tmpdir(), 'slipway-keys-'));
  clients: TestClients;

  private constructor(server: ServerProcess, clients: TestClients) {
    this.server = server;
    this.clients = clients;
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', this.keyFile]);
  }

  static async start(): Promise<RealCloud> {
    const server = await ServerProcess.prepare({ SLIPWAY_MACHINES: 'docker', SLIPWAY_PACE: 'instant' });
    return new RealCloud(server, await server.start());
  }

  get keyFile(): string {
    return join(this.#keys, 'key');
  }

  get publicKey(): string {
    return readFileSync(`${this.keyFile}.pub`, 'utf8').trim();
  }

  /** What the driver calls this cloud in its labels. */
  get cloudId(): string {
    return readFileSync(join(this.server.dataDir, 'local-cloud', 'machines-id'), 'utf8').trim();
  }

  get compute(): ComputeManagementClient {
    const { credential, options } = this.clients.access;
    return new ComputeManagementClient(credential, subscription, options);
  }

  async restart(): Promise<void> {
    await this.server.kill();
    this.clients = await this.server.start();
  }

  /** Deploys and waits; resolves to the error of a deployment that fails. */
  async deploy(
    group: string,
    template: object,
    parameters: Record<string, unknown> = {},
  ): Promise<{ code: string; message: string } | undefined> {
    const path = await this.submit(group, template, parameters);
    for (;;) {
      const { json } = await this.clients.send('GET', path);
      const state: string = json.properties.provisioningState;
      if (state === 'Succeeded') return undefined;
      if (state === 'Failed' || state === 'Canceled') {
        const [detail] = json.properties.error?.details ?? [];
        return detail?.details?.[0] ?? detail ?? json.properties.error;
      }
    }
  }

  /** Has a deployment accepted and does not wait for it; resolves to its path. */
  async submit(group: string, template: object, parameters: Record<string, unknown> = {}): Promise<string> {
    await this.clients.resources.resourceGroups.createOrUpdate(group, { location: 'eastus' });
    const path = `/subscriptions/${subscription}/resourcegroups/${group}/providers/Microsoft.Resources/deployments/d?${apiVersion}`;
    const values = { publicKey: this.publicKey, ...parameters };
    const answer = await this.clients.send('PUT', path, {
      body: {
        properties: {
          mode: 'Incremental',
          template,
          parameters: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
        },
      },
    });
    if (answer.status > 201) throw new Error(answer.text);
    return path;
  }

  async read(group: string, path: string) {
    const { json } = await this.clients.send(
      'GET',
      `/subscriptions/${subscription}/resourceGroups/${group}/providers/${path}?api-version=2025-05-01`,
    );
    return json;
  }

  async put(group: string, path: string, body: object): Promise<void> {
    const address = `/subscriptions/${subscription}/resourceGroups/${group}/providers/${path}?api-version=2025-05-01`;
    const { status, text } = await this.clients.send('PUT', address, { body });
    if (status > 201) throw new Error(text);
    await this.untilSucceeded(group, path);
  }

  async untilSucceeded(group: string, path: string): Promise<void> {
    for (;;) {
      const { properties } = await this.read(group, path);
      if (properties.provisioningState === 'Succeeded') return;
      if (properties.provisioningState === 'Failed') throw new Error(`${path} failed`);
    }
  }

  async deleteGroup(group: string): Promise<void> {
    await this.clients.resources.resourceGroups.delete(group);
  }

  /** Where a port of the test's public address is really reached. */
  async endpoint(group: string, port: number): Promise<{ address: string; localPort: number }> {
    const { properties } = await this.read(group, 'Microsoft.Network/publicIPAddresses/address');
    const found = (properties.localEndpoints ?? []).find(
      (endpoint: { port: number }) => endpoint.port === port,
    );
    if (!found) throw new Error(`Nothing is published for port ${port}: ${JSON.stringify(properties)}`);
    return found;
  }

  /** The same as soon as SSH answers: a machine is provisioned before its SSH server has started, as on Azure. */
  untilSsh(group: string, command: string): Promise<string> {
    return vi.waitFor(() => this.ssh(group, command), { timeout: 30_000, interval: 250 });
  }

  /** Runs a command on the machine through SSH, as its admin user. */
  async ssh(group: string, command: string): Promise<string> {
    const { address, localPort } = await this.endpoint(group, 2200);
    return execFileSync(
      'ssh',
      [
        '-i',
        this.keyFile,
        `-p${localPort}`,
        '-oBatchMode=yes',
        '-oConnectTimeout=5',
        '-oStrictHostKeyChecking=no',
        '-oUserKnownHostsFile=/dev/null',
        '-oLogLevel=ERROR',
        `sailor@${address}`,
        command,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 },
    ).trim();
  }

  /** The containers that are this cloud's machines. */
  nodes() {
    return docker.listContainers({
      all: true,
      filters: { label: [`${cloudLabel}=${this.cloudId}`, 'slipway.kind=node'] },
    });
  }

  /** Names of everything with this cloud's label. */
  async belongings(): Promise<string[]> {
    const filters = { label: [`${cloudLabel}=${this.cloudId}`] };
    const containers = await docker.listContainers({ all: true, filters });
    const networks = await docker.listNetworks({ filters: JSON.stringify(filters) });
    const { Volumes } = await docker.listVolumes({ filters: JSON.stringify(filters) });
    return [
      ...containers.map(({ Names }) => Names[0] ?? ''),
      ...networks.map(({ Name }) => Name),
      ...Volumes.map(({ Name }) => Name),
    ].toSorted();
  }

  /** Ends the process and removes all that it made. */
  async remove(): Promise<void> {
    const { cloudId } = this;
    await this.server.remove();
    rmSync(this.#keys, { recursive: true, force: true });
    const filters = { label: [`${cloudLabel}=${cloudId}`] };
    for (const { Id } of await docker.listContainers({ all: true, filters }))
      await docker.getContainer(Id).remove({ force: true, v: true });
    for (const { Name } of (await docker.listVolumes({ filters: JSON.stringify(filters) })).Volumes)
      await docker.getVolume(Name).remove();
    for (const { Id } of await docker.listNetworks({ filters: JSON.stringify(filters) }))
      await docker.getNetwork(Id).remove();
  }
}

/** What a fresh connection gets within two seconds: what the other side sends first, or how it failed. */
export function firstWords(address: string, port: number, say = ''): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTo({ host: address, port, timeout: 2_000 });
    const end = (words: string): void => {
      socket.destroy();
      resolve(words);
    };
    if (say !== '') socket.once('connect', () => socket.write(say));
    socket.once('data', (data) => end(data.toString('latin1')));
    socket.once('timeout', () => end('silence'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error'));
    socket.once('close', () => end('closed'));
  });
}
