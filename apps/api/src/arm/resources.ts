import { type ArmResource, armResourceSchema } from '@slipway/contract';
import { z } from 'zod';
import { armCall, armFailureOf, unlessMissing } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { namedResource } from './deployments.ts';
import { looseTags, looseText, readItems } from './loose-reading.ts';
import { PageSteps, allOf } from './paging.ts';
import { sendToArm, subscriptionOf } from './send-to-arm.ts';
import { withoutSecrets } from './secret-members.ts';

/** A resource as ARM's lists name it: without properties. */
export interface ListedResource {
  id: string;
  location?: string | undefined;
  tags: Readonly<Record<string, string>>;
}

const versionsKnownForMs = 60 * 60 * 1000;

/** The scale-set list of interfaces exists in this version only. Source: the Network SDK's own request. */
const scaleSetInterfacesVersion = '2018-10-01';

interface KnownVersions {
  readAt: number;
  /** Newest stable version by lower-case resource type (without namespace). */
  versions: Promise<ReadonlyMap<string, string>>;
}
const knownVersions = new WeakMap<Arm, Map<string, KnownVersions>>();

/** The resources of a subscription that carry a tag. ARM's list; it has names, types and tags, no properties. */
export async function listTaggedResources(
  arm: Arm,
  subscriptionId: string,
  tag: string,
): Promise<ListedResource[]> {
  return armCall(async () => {
    const { resources } = await arm.clients(subscriptionId);
    return listed(await allOf(resources.resources.list({ filter: `tagName eq '${tag}'` })));
  });
}

/** The resources of a group as ARM's list names them; `undefined` when there is no such group. */
export async function listGroupResources(
  arm: Arm,
  subscriptionId: string,
  resourceGroup: string,
): Promise<ListedResource[] | undefined> {
  return unlessMissing(async () => {
    const { resources } = await arm.clients(subscriptionId);
    return listed(await allOf(resources.resources.listByResourceGroup(resourceGroup)));
  });
}

/** What a list says of a resource, in the form of a resource: all there is of one that is not read itself. */
export const asListed = ({ id, location, tags }: ListedResource): ArmResource =>
  asResource({ id, tags, ...(location === undefined ? {} : { location }) });

const listedSchema = z.object({ id: z.string().min(1), location: looseText, tags: looseTags });
const listed = (items: readonly unknown[]): ListedResource[] => readItems(listedSchema, items);

/** One resource exactly as ARM returns it, and with what `expand` names; `undefined` when it does not exist. */
export async function readResource(
  arm: Arm,
  id: string,
  expand?: 'instanceView',
): Promise<ArmResource | undefined> {
  const version = await apiVersionOf(arm, id);
  if (version === undefined) return undefined;
  return unlessMissing(async () =>
    asResource(await sendToArm(arm, 'GET', `${id}?api-version=${version}${expanding(expand)}`)),
  );
}

/**
 * Any resource by its id, exactly as ARM returns it; `undefined` when it does not exist, or when ARM does not read such a
 * thing by itself: what stands inside of another resource.
 */
export async function readAnyResource(
  arm: Arm,
  id: string,
  expand?: 'instanceView',
): Promise<ArmResource | undefined> {
  const version = await nearestVersionOf(arm, id);
  if (version === undefined) return undefined;
  try {
    return await unlessMissing(async () =>
      asResource(await sendToArm(arm, 'GET', `${id}?api-version=${version}${expanding(expand)}`)),
    );
  } catch (thrown) {
    const failure = armFailureOf(thrown);
    const isNoResource = failure?.status === 405 || failure?.status === 400;
    if (isNoResource && ownerOf(id) !== undefined) return undefined;
    throw thrown;
  }
}

/** Submits the delete of a resource; the work itself is not waited for. Throws ARM's error where it is refused. */
export async function submitResourceDelete(arm: Arm, id: string): Promise<void> {
  const version = await nearestVersionOf(arm, id);
  if (version === undefined) return;
  await armCall(() => sendToArm(arm, 'DELETE', `${id}?api-version=${version}`));
}

const expanding = (expand: string | undefined): string => (expand === undefined ? '' : `&$expand=${expand}`);

/**
 * The resources of one type in a group, by ARM's list of that type: with their properties, a page at a time. None where the
 * type has no such list.
 *
 * @param type a type of whole resources, for example `Microsoft.Network/networkInterfaces`
 */
export async function listGroupResourcesOfType(
  arm: Arm,
  subscriptionId: string,
  resourceGroup: string,
  type: string,
): Promise<ArmResource[]> {
  const path = `/subscriptions/${subscriptionId}/resourceGroups/${encodeURIComponent(resourceGroup)}/providers/${type}`;
  try {
    return await list(arm, path, `${path}/all`);
  } catch (thrown) {
    const status = armFailureOf(thrown)?.status;
    if (status === 400 || status === 405) return [];
    throw thrown;
  }
}

/** The disks of a resource group in one call. */
export async function listDisks(
  arm: Arm,
  subscriptionId: string,
  resourceGroup: string,
): Promise<ArmResource[]> {
  return listGroupResourcesOfType(arm, subscriptionId, resourceGroup, 'Microsoft.Compute/disks');
}

/** The instances of a scale set, each with what `expand` names. */
export async function listScaleSetInstances(
  arm: Arm,
  scaleSetId: string,
  expand?: 'instanceView',
): Promise<ArmResource[]> {
  return list(arm, `${scaleSetId}/virtualMachines`, scaleSetId, { expand });
}

/** The network interfaces of a scale set's instances. */
export async function listScaleSetInterfaces(arm: Arm, scaleSetId: string): Promise<ArmResource[]> {
  return list(arm, `${scaleSetId}/networkInterfaces`, scaleSetId, {
    version: scaleSetInterfacesVersion,
  });
}

const pageSchema = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });

async function list(
  arm: Arm,
  path: string,
  versionOf: string,
  fixed: { version?: string; expand?: string | undefined } = {},
): Promise<ArmResource[]> {
  const version = fixed.version ?? (await apiVersionOf(arm, versionOf));
  if (version === undefined) return [];
  const found: ArmResource[] = [];
  const steps = new PageSteps();
  let next: string | undefined = `${path}?api-version=${version}${expanding(fixed.expand)}`;
  while (next !== undefined) {
    const at: string = next;
    const page = await unlessMissing(async () => {
      const { value, nextLink } = pageSchema.parse(await sendToArm(arm, 'GET', at));
      return { resources: value.map(asResource), nextLink: nextLink ?? undefined };
    });
    if (!page) break;
    found.push(...page.resources);
    next = page.nextLink;
    await armCall(async () => steps.goOnTo(next));
  }
  return found;
}

const identifiedSchema = z.looseObject({ id: z.string() });

/** Some lists (a scale set's interfaces) leave name and type to be read from the id; what is null is not there. */
function asResource(body: unknown): ArmResource {
  const read = identifiedSchema.parse(withoutSecrets(body));
  const given = Object.entries(read).filter(([, member]) => member !== null);
  const resource = { ...Object.fromEntries(given), id: read.id };
  const { type, name } = namedResource(resource.id);
  return armResourceSchema.parse({ type, name: name.split('/').at(-1), ...resource });
}

/** The newest stable API version of a resource's type; `undefined` where ARM knows no such type. */
async function apiVersionOf(arm: Arm, id: string): Promise<string | undefined> {
  const { type } = namedResource(id);
  const [namespace = '', ...types] = type.split('/');
  const versions = await versionsOf(arm, subscriptionOf(id), namespace);
  return versions.get(types.join('/').toLowerCase());
}

/** Of a type that ARM does not list by itself, such as a part's, the version of what it belongs to. */
async function nearestVersionOf(arm: Arm, id: string): Promise<string | undefined> {
  const { type } = namedResource(id);
  if (scaleSetInterface.test(type)) return scaleSetInterfacesVersion;
  const own = await apiVersionOf(arm, id);
  const owner = ownerOf(id);
  return own ?? (owner === undefined ? undefined : nearestVersionOf(arm, owner));
}

const scaleSetInterface =
  /^Microsoft\.Compute\/virtualMachineScaleSets\/virtualMachines\/networkInterfaces$/i;

/** What the resource with this id belongs to by its id; `undefined` where it stands for itself. */
export function ownerOf(id: string): string | undefined {
  return /^(.+\/providers\/[^/]+(?:\/[^/]+\/[^/]+)+)\/[^/]+\/[^/]+$/i.exec(id)?.[1];
}

function versionsOf(
  arm: Arm,
  subscriptionId: string,
  namespace: string,
): Promise<ReadonlyMap<string, string>> {
  const byProvider = knownVersions.get(arm) ?? new Map<string, KnownVersions>();
  knownVersions.set(arm, byProvider);
  const key = `${subscriptionId}/${namespace}`.toLowerCase();
  const known = byProvider.get(key);
  if (known && Date.now() - known.readAt < versionsKnownForMs) return known.versions;
  const versions = readVersions(arm, subscriptionId, namespace);
  byProvider.set(key, { readAt: Date.now(), versions });
  // What could not be read is asked anew the next time.
  versions.catch(() => byProvider.delete(key));
  return versions;
}

async function readVersions(
  arm: Arm,
  subscriptionId: string,
  namespace: string,
): Promise<ReadonlyMap<string, string>> {
  try {
    return await armCall(async () => {
      const { resources } = await arm.clients(subscriptionId);
      const { resourceTypes } = await resources.providers.get(namespace);
      return new Map(
        (resourceTypes ?? []).flatMap(({ resourceType, apiVersions }): [string, string][] => {
          const version = newestStable(apiVersions ?? []);
          return resourceType === undefined || version === undefined
            ? []
            : [[resourceType.toLowerCase(), version]];
        }),
      );
    });
  } catch (thrown) {
    if (armFailureOf(thrown)?.status === 404) return new Map();
    throw thrown;
  }
}

function newestStable(versions: readonly string[]): string | undefined {
  const sorted = versions.toSorted((one, other) => (one < other ? 1 : -1));
  return sorted.find((version) => !version.includes('preview')) ?? sorted[0];
}
