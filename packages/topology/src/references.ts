import { isRecord, listAt, textAt, valueAt, type TopologyResource } from './arm-resource.ts';

/** One id in the properties of `from` that leads to `to`; both are node ids (lower case). */
export interface Reference {
  from: string;
  to: string;
  /** The whole id as it was written, in lower case: it may name a part of `to`. */
  target: string;
}

/** What is a node of its own: every resource, and the subnets that stand inline in a virtual network. */
export function collectPieces(resources: readonly TopologyResource[]): Map<string, TopologyResource> {
  const pieces = new Map<string, TopologyResource>();
  for (const resource of resources) pieces.set(resource.id.toLowerCase(), resource);
  for (const resource of resources) {
    if (resource.type.toLowerCase() !== 'microsoft.network/virtualnetworks') continue;
    for (const subnet of listAt(resource.properties, 'subnets')) {
      const id = textAt(subnet, 'id');
      const name = textAt(subnet, 'name');
      if (id === undefined || name === undefined || pieces.has(id.toLowerCase())) continue;
      const properties = valueAt(subnet, 'properties');
      pieces.set(id.toLowerCase(), {
        id,
        name,
        type: 'Microsoft.Network/virtualNetworks/subnets',
        ...(isRecord(properties) ? { properties } : {}),
      });
    }
  }
  return pieces;
}

/**
 * Which node an id leads to: the node itself, or the one that the named part belongs to
 * (`…/loadBalancers/x/backendAddressPools/y` leads to `…/loadBalancers/x`).
 */
export function resolveId(id: string, known: ReadonlyMap<string, unknown>): string | undefined {
  let rest = id.toLowerCase();
  while (rest.includes('/providers/')) {
    if (known.has(rest)) return rest;
    rest = rest.slice(0, rest.lastIndexOf('/'));
  }
  return undefined;
}

/** The nearest node whose id is a proper beginning of this id: the parent of a child resource. */
export function parentById(id: string, known: ReadonlyMap<string, unknown>): string | undefined {
  return resolveId(id.slice(0, id.lastIndexOf('/')), known);
}

const armId = /^\/subscriptions\/[^/]+\/.*\/providers\/[^/]+\/[^/]+\/[^/]+/i;
/** Not properties: identity, and what people or templates write about a resource. */
const skipped = new Set(['id', 'name', 'type', 'location', 'tags', 'dependsOn']);

/**
 * Every id in the resources' own properties that leads to another node of the set. Within an inline child that
 * is a node itself (a subnet) the reference is the child's.
 */
export function collectReferences(pieces: ReadonlyMap<string, TopologyResource>): Reference[] {
  const found = new Map<string, Reference>();
  const add = (from: string, id: string): void => {
    const target = id.toLowerCase();
    const to = resolveId(target, pieces);
    if (to === undefined || to === from) return;
    found.set(`${from} ${target}`, { from, to, target });
  };
  const walk = (owner: string, value: unknown): void => {
    if (typeof value === 'string') {
      if (armId.test(value)) add(owner, value);
      return;
    }
    if (Array.isArray(value)) {
      for (const item of value) walk(owner, item);
      return;
    }
    if (!isRecord(value)) return;
    const own = textAt(value, 'id')?.toLowerCase();
    const inlineChild = own !== undefined && pieces.has(own) && own.startsWith(`${owner}/`);
    for (const item of Object.values(value)) walk(inlineChild ? own : owner, item);
  };
  for (const [id, resource] of pieces) {
    for (const [name, value] of Object.entries(resource)) if (!skipped.has(name)) walk(id, value);
  }
  return [...found.values()];
}

/**
 * References by address instead of id: machines name the storage account of their boot diagnostics by its blob
 * endpoint, which the account states among its own endpoints.
 */
export function collectDiagnostics(pieces: ReadonlyMap<string, TopologyResource>): Reference[] {
  const accounts = new Map<string, string>();
  for (const [id, resource] of pieces) {
    const endpoint = textAt(resource.properties, 'primaryEndpoints.blob');
    if (endpoint !== undefined) accounts.set(withoutSlash(endpoint), id);
  }
  const found: Reference[] = [];
  for (const [from, resource] of pieces) {
    for (const path of [
      'diagnosticsProfile.bootDiagnostics.storageUri',
      'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.storageUri',
    ]) {
      const uri = textAt(resource.properties, path);
      const to = uri === undefined ? undefined : accounts.get(withoutSlash(uri));
      if (to !== undefined && to !== from) found.push({ from, to, target: to });
    }
  }
  return found;
}

const withoutSlash = (address: string): string => address.toLowerCase().replace(/\/$/, '');
