import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  startTestCloud,
  subscription,
  type TestCloud,
} from '../../apps/local-cloud/src/local-cloud.test-support.ts';
import { templateEnvironment } from '../../apps/local-cloud/src/resources/environment.ts';
import type { JudgedCase } from '../../packages/arm-template/src/function-cases.test-support.ts';
import { uniqueStringOf } from '../../packages/arm-template/src/conformance.test-support.ts';
import {
  expandTemplate,
  parseTolerantJson,
  type JsonObject,
  type JsonValue,
  type PlannedResource,
} from '../../packages/arm-template/src/index.ts';
import { isObject } from '../../packages/arm-template/src/json-values.ts';

const REGION = 'westus2';
const API_VERSION = '2021-04-01';
const PUBLIC_KEY = `ssh-ed25519 ${Buffer.concat([
  Buffer.from([0, 0, 0, 11]),
  Buffer.from('ssh-ed25519'),
  Buffer.from([0, 0, 0, 32]),
  Buffer.alloc(32, 7),
]).toString('base64')}`;
const GUID = '7d1e2a52-3f5c-4d3a-9a3e-0c9a1b2c3d4e';

/** Templates that Azure would refuse as well, with what the refusal says and why it is right. */
const REFUSED = new Map<string, { says: RegExp; because: string }>([
  [
    '101-sql-vm-aglistener-setup',
    {
      says: /'existingFailoverClusterName'.* is not provided/,
      because: 'it comes without values for its parameters',
    },
  ],
  [
    '201-deployment-script-ssh-key-gen',
    { says: /'templateLink' doesn't exist/, because: 'it wants to know the address it was loaded from' },
  ],
  [
    'sharepoint-adfs',
    { says: /'templateLink' doesn't exist/, because: 'it wants to know the address it was loaded from' },
  ],
  [
    '101-aks-advanced-networking-aad',
    {
      says: /Resource group 'VNET-RESOURCE-GROUP-NAME' could not be found/,
      because: 'its parameter file names a group that people are to replace',
    },
  ],
  [
    'orchard-cms-video-portal',
    { says: /expected token 'RightParenthesis'/, because: 'one of its expressions is not well-formed' },
  ],
]);

/** Any template with a link in it is refused: the local cloud fetches nothing. */
const LINK = /'templateLink' doesn't exist|InvalidContentLink/;

const member = (value: JsonValue | undefined, name: string): JsonValue | undefined =>
  isObject(value) ? value[name] : undefined;
const objectOf = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {});

/** Deploys what lies in the folders of the conformance data, each into a group of its own. */
export class DeployedTemplates {
  readonly #folder: string;
  readonly #cloud: TestCloud;
  #count = 0;

  private constructor(folder: string, cloud: TestCloud) {
    this.#folder = folder;
    this.#cloud = cloud;
  }

  static async start(folder: string): Promise<DeployedTemplates> {
    return new DeployedTemplates(folder, await startTestCloud());
  }

  close(): Promise<void> {
    return this.#cloud.close();
  }

  async judgeQuickstarts(): Promise<JudgedCase[]> {
    const judged: JudgedCase[] = [];
    for (const name of this.#names('templates')) {
      // One after the other: each has a group of its own, but names of the whole cloud may be alike.
      // oxlint-disable-next-line no-await-in-loop
      const fault = await this.#faultOfQuickstart(name).catch((error: unknown) => String(error));
      judged.push({ id: name, title: name, group: 'templates', ...(fault === undefined ? {} : { fault }) });
    }
    return judged;
  }

  async judgeContainerServices(): Promise<JudgedCase[]> {
    const judged: JudgedCase[] = [];
    for (const name of this.#names('acs')) {
      // oxlint-disable-next-line no-await-in-loop
      const fault = await this.#faultOfContainerService(name).catch((error: unknown) => String(error));
      judged.push({ id: name, title: name, group: 'acs', ...(fault === undefined ? {} : { fault }) });
    }
    return judged;
  }

  #names(group: string): string[] {
    return readdirSync(join(this.#folder, group)).filter((name) =>
      existsSync(join(this.#folder, group, name, 'azuredeploy.json')),
    );
  }

  async #faultOfQuickstart(name: string): Promise<string | undefined> {
    const folder = join(this.#folder, 'templates', name);
    const group = await this.#makeGroup();
    if (name === '101-networkwatcher-flowLogs-create') await this.#makeNetworkWatcher();
    const prepared = await this.#prepare(join(folder, 'prereqs'), group);
    if (prepared === undefined) return undefined;
    const source = readFileSync(join(folder, 'azuredeploy.json'), 'utf8');
    const parameters = this.#parameters(join(folder, 'azuredeploy.parameters.json'), prepared);
    const template = parseTolerantJson(source);
    const failure = await this.#deploy(group, source, parameters);
    const expected = REFUSED.get(name);
    if (failure !== undefined) {
      const isLink = failure.includes('InvalidContentLink') && source.includes('"templateLink"');
      return isLink || expected?.says.test(failure) === true ? undefined : failure;
    }
    if (expected !== undefined) return `It is deployed, though Azure refuses it: ${expected.because}.`;
    const planned = this.#planned(template, parameters, group);
    return this.#missing(planned.filter(({ condition }) => condition));
  }

  async #faultOfContainerService(name: string): Promise<string | undefined> {
    const folder = join(this.#folder, 'acs', name);
    const group = await this.#makeGroup();
    const source = readFileSync(join(folder, 'azuredeploy.json'), 'utf8');
    const parameters = this.#parameters(join(folder, 'azuredeploy.parameters.json'), {});
    const failure = await this.#deploy(group, source, parameters);
    if (failure !== undefined) return failure;
    const planned = this.#planned(parseTolerantJson(source), parameters, group);
    const expected = readFileSync(join(this.#folder, 'acs', 'expanded.tsv'), 'utf8')
      .split('\n')
      .map((line) => line.split('\t'))
      .filter(([template]) => template === name)
      .map(([, type = '', written = '']) => {
        const resource = written.replaceAll(/\{u:([^}]*)\}/g, (_whole, argument: string) =>
          uniqueStringOf(argument),
        );
        return `${type} ${resource}`;
      });
    const made = planned.map(({ type, name: resource }) => `${type} ${resource}`);
    const differing = [
      ...expected.filter((each) => !made.includes(each)),
      ...made.filter((each) => !expected.includes(each)),
    ];
    if (differing.length > 0) return `Other resources than expected: ${differing.join(', ')}`;
    return this.#missing(planned);
  }

  /** What it comes to, without what has names of the moment: those are not the same a second time. */
  #planned(template: JsonValue, parameters: JsonObject, group: string): readonly PlannedResource[] {
    const first = this.#expanded(template, parameters, group, new Date(0), GUID);
    const second = this.#expanded(template, parameters, group, new Date(), GUID.replaceAll('7', '8'));
    const ids = new Set(second.map(({ id }) => id));
    return first.filter(({ id }) => ids.has(id));
  }

  #expanded(
    template: JsonValue,
    parameters: JsonObject,
    group: string,
    now: Date,
    guid: string,
  ): readonly PlannedResource[] {
    const tenantId = GUID;
    return expandTemplate({
      template,
      parameters,
      scope: {
        kind: 'resourceGroup',
        tenantId,
        subscription: {
          id: `/subscriptions/${subscription}`,
          subscriptionId: subscription,
          tenantId,
          displayName: '',
        },
        resourceGroup: {
          id: `/subscriptions/${subscription}/resourceGroups/${group}`,
          name: group,
          location: REGION,
        },
        deployment: { name: 'conformance' },
        environment: templateEnvironment(this.#cloud.cloud.endpoint),
      },
      sources: { now, newGuid: () => guid },
    }).resources.filter(({ type }) => type.toLowerCase() !== 'microsoft.resources/deployments');
  }

  /** Says which resources are not there, if some are not. */
  async #missing(planned: readonly PlannedResource[]): Promise<string | undefined> {
    const missing = await Promise.all(
      planned.map(async ({ id, apiVersion }) => {
        const answer = await this.#cloud.send('GET', `${encodeURI(id)}?api-version=${apiVersion}`);
        return answer.status === 200 ? [] : [`${id} (${String(answer.status)})`];
      }),
    );
    const ids = missing.flat();
    return ids.length === 0 ? undefined : `Deployed, but not there: ${ids.join(', ')}`;
  }

  async #makeGroup(): Promise<string> {
    this.#count += 1;
    const name = `conformance-${String(this.#count)}`;
    const path = `/subscriptions/${subscription}/resourcegroups/${name}?api-version=${API_VERSION}`;
    await this.#send('PUT', path, JSON.stringify({ location: REGION }));
    return name;
  }

  /** What Azure makes by itself for a region in which there is a network. */
  async #makeNetworkWatcher(): Promise<void> {
    const group = `/subscriptions/${subscription}/resourcegroups/NetworkWatcherRG`;
    await this.#send('PUT', `${group}?api-version=${API_VERSION}`, JSON.stringify({ location: REGION }));
    const watcher = `${group}/providers/Microsoft.Network/networkWatchers/NetworkWatcher_${REGION}`;
    await this.#send(
      'PUT',
      `${watcher}?api-version=2020-11-01`,
      JSON.stringify({ location: REGION, properties: {} }),
    );
  }

  async #send(method: string, path: string, body?: string): Promise<{ status: number; json: JsonValue }> {
    const answer = await this.#cloud.send(method, path, {
      ...(body === undefined ? {} : { body }),
      headers: { 'content-type': 'application/json' },
    });
    return { status: answer.status, json: answer.text === '' ? null : parseTolerantJson(answer.text) };
  }

  /**
   * Deploys what a template needs beforehand; its outputs by name, or `undefined` where Azure refuses that from a file as
   * well, because it loads or wants to know addresses.
   */
  async #prepare(folder: string, group: string): Promise<JsonObject | undefined> {
    const file = join(folder, 'prereq.azuredeploy.json');
    if (!existsSync(file)) return {};
    const parameters = this.#parameters(join(folder, 'prereq.azuredeploy.parameters.json'), {});
    const failure = await this.#deploy(group, readFileSync(file, 'utf8'), parameters, 'prereq');
    if (failure !== undefined && LINK.test(failure)) return undefined;
    if (failure !== undefined) throw new Error(`What it needs beforehand is not deployed: ${failure}`);
    const { json } = await this.#send('GET', this.#deploymentPath(group, 'prereq'));
    const outputs = objectOf(member(member(json, 'properties'), 'outputs'));
    return Object.fromEntries(
      Object.entries(outputs).map(([name, output]) => [name, member(output, 'value') ?? '']),
    );
  }

  #deploymentPath(group: string, name: string): string {
    return `/subscriptions/${subscription}/resourcegroups/${group}/providers/Microsoft.Resources/deployments/${name}?api-version=${API_VERSION}`;
  }

  /** Deploys the text of a template as the Azure CLI sends it; what went wrong, if something did. */
  async #deploy(
    group: string,
    source: string,
    parameters: JsonObject,
    name = 'conformance',
  ): Promise<string | undefined> {
    const path = this.#deploymentPath(group, name);
    const body = `{"properties": {"mode": "Incremental", "parameters": ${JSON.stringify(parameters)}, template: ${source.replace(/^\ufeff/, '')}}}`;
    const sent = await this.#send('PUT', path, body);
    if (sent.status >= 300) return JSON.stringify(sent.json);
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop
      const { json } = await this.#send('GET', path);
      const properties = member(json, 'properties');
      const state = member(properties, 'provisioningState');
      if (state === 'Succeeded') return undefined;
      if (state === 'Failed' || state === 'Canceled')
        return JSON.stringify(member(properties, 'error') ?? state);
    }
  }

  /** A parameter file with its placeholders replaced by values of their kinds. */
  #parameters(file: string, prepared: JsonObject): JsonObject {
    if (!existsSync(file)) return {};
    let unique = 0;
    const text = readFileSync(file, 'utf8')
      .replaceAll(/GEN-UNIQUE(?:-(\d+))?/g, (_whole, length?: string) => {
        unique += 1;
        return `u${String(this.#count)}x${String(unique)}slipwayconformance`.slice(0, Number(length ?? 12));
      })
      .replaceAll('GEN-PASSWORD', 'Slip-way-2026!')
      .replaceAll('GEN-SSH-PUB-KEY', PUBLIC_KEY)
      .replaceAll(/GEN-(?:GUID|AZUREAD-[A-Z-]*(?:APPID|OBJID|OBJECTID|TENANTID))\b(?!-SECRET)/g, GUID)
      .replaceAll(/GEN-AZUREAD-AKS-APPID-SECRET/g, 'a-secret-of-an-application')
      .replaceAll('GEN-SELFSIGNED-CERT-CERDATA', Buffer.from('a certificate').toString('base64'))
      .replaceAll(/GET-PREREQ-(\w+)/gi, (whole, name: string) => {
        const found = Object.entries(prepared).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
        return typeof found === 'string' ? found : whole;
      });
    const read = objectOf(parseTolerantJson(text));
    return objectOf(read['parameters'] ?? read);
  }
}
