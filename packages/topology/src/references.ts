import { readArmId, wholeOf, type ArmId } from './arm-id.ts';
import { textAt, valueAt, type TopologyResource } from './arm-resource.ts';
import type { Pieces } from './pieces.ts';

/** One id in the properties of `from` that leads to `to`; both are node ids (lower case). */
export interface Reference {
  from: string;
  to: string;
  /** The whole id as it was written, in lower case: it may name a part of `to`. */
  target: string;
}

export interface References {
  list: readonly Reference[];
  /** What ids lead to that is not among the pieces, by its id in lower case. */
  outside: ReadonlyMap<string, ArmId>;
}

/**
 * Which piece an id leads to: the piece itself, or the one that the named part belongs to
 * (`…/loadBalancers/x/backendAddressPools/y` leads to `…/loadBalancers/x`).
 */
export function resolveId(id: string, known: ReadonlyMap<string, unknown>): string | undefined {
  let rest = id.toLowerCase();
  if (rest.endsWith('/')) rest = rest.slice(0, -1);
  if (known.has(rest)) return rest;
  while (rest.includes('/providers/')) {
    if (known.has(rest)) return rest;
    rest = rest.slice(0, rest.lastIndexOf('/'));
  }
  return undefined;
}

/** The nearest piece whose id is a proper beginning of this id: the parent of a child resource, or its resource group. */
export function parentById(id: string, known: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = id.lastIndexOf('/'); end > 0; end = id.lastIndexOf('/', end - 1)) {
    const start = id.slice(0, end);
    if (known.has(start)) return start;
  }
  return undefined;
}

/** Not properties: identity, and what people or templates write about a resource. */
const skipped = new Set(['id', 'name', 'type', 'location', 'tags', 'dependsOn']);

/**
 * Every id in the resources' own properties, as a value or as a name, that leads to another piece or out of the set. Within
 * a part that is a piece itself (a subnet, a rule) the reference is the part's. An id of the group or subscription that the
 * resource itself is in says nothing new and leads nowhere.
 */
export function collectReferences(pieces: Pieces): References {
  const found = new Map<string, Reference>();
  const outside = new Map<string, ArmId>();
  const destinations = new Map<string, Destination | undefined>();
  const destinationOf = (text: string): Destination | undefined => {
    if (destinations.has(text)) return destinations.get(text);
    const destination = findDestination(text, pieces.all);
    destinations.set(text, destination);
    return destination;
  };
  for (const [id, resource] of pieces.all) {
    for (const { owner, text } of idsIn(id, resource, pieces)) {
      const destination = destinationOf(text);
      if (destination === undefined) continue;
      const { to, target, stub } = destination;
      if (to === owner || (stub !== undefined && isAround(stub, owner))) continue;
      if (stub !== undefined) outside.set(to, outside.get(to) ?? stub);
      const key = `${owner} ${target}`;
      if (!found.has(key)) found.set(key, { from: owner, to, target });
    }
  }
  return { list: [...found.values()], outside };
}

interface Destination {
  to: string;
  target: string;
  /** Given where it leads out of the set. */
  stub?: ArmId;
}

function findDestination(text: string, known: ReadonlyMap<string, unknown>): Destination | undefined {
  const armId = readArmId(text);
  if (armId === undefined) return undefined;
  const target = text.toLowerCase();
  const to = resolveId(target, known);
  if (to !== undefined) return { to, target };
  const stub = wholeOf(armId);
  return { to: stub.id, target, stub };
}

/** Whether this is the group, subscription or management group that a piece is in. */
function isAround({ id }: ArmId, piece: string): boolean {
  return !id.includes('/providers/') && piece.startsWith(`${id}/`);
}

/** Every text that is written like an id in a resource, with the piece that it is a property of. */
export function idsIn(
  id: string,
  resource: TopologyResource,
  { all, inline }: Pick<Pieces, 'all' | 'inline'>,
): { owner: string; text: string }[] {
  const found: { owner: string; text: string }[] = [];
  // A stack of its own: what is nested deeper than calls can be must not end in an error.
  const open: { owner: string; value: unknown }[] = [];
  for (const [name, value] of Object.entries(resource)) {
    if (!skipped.has(name)) open.push({ owner: id, value });
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value } = next;
    if (typeof value === 'string') {
      if (isCandidate(value)) found.push({ owner: next.owner, text: value });
      continue;
    }
    if (typeof value !== 'object' || value === null) continue;
    const part = inline.get(value);
    // A part that became a piece is read as that piece, once.
    if (part !== undefined && isSameIn(all.get(part), value)) continue;
    const owner = part ?? next.owner;
    if (Array.isArray(value)) {
      for (const item of value) open.push({ owner, value: item });
      continue;
    }
    for (const [name, item] of Object.entries(value)) {
      if (isCandidate(name)) found.push({ owner, text: name });
      open.push({ owner, value: item });
    }
  }
  return found;
}

const isSameIn = (piece: TopologyResource | undefined, source: object): boolean =>
  piece !== undefined && piece.properties === valueAt(source, 'properties');

const isCandidate = (text: string): boolean => text.charCodeAt(0) === 47 && text.length > 11;

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
    for (const path of diagnosticsPaths) {
      const uri = textAt(resource.properties, path);
      const to = uri === undefined ? undefined : accounts.get(withoutSlash(uri));
      if (to !== undefined && to !== from) found.push({ from, to, target: to });
    }
  }
  return found;
}

/** Where machines and scale sets name the endpoint of their boot diagnostics. */
export const diagnosticsPaths = [
  'diagnosticsProfile.bootDiagnostics.storageUri',
  'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.storageUri',
] as const;

const withoutSlash = (address: string): string => address.toLowerCase().replace(/\/$/, '');
