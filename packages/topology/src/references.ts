import { isArmId, readArmId, wholeOf, type ArmId } from './arm-id.ts';
import { textAt, valueAt, type TopologyResource } from './arm-resource.ts';
import type { NodeKind } from './graph.ts';
import { hasParts, type Pieces } from './pieces.ts';

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

const skipped = new Set(['id', 'name', 'type', 'location', 'tags', 'dependsOn']);
/** Whether a field of a resource is no property of it, but its identity or what people and templates write about it. */
export const isNoProperty = (name: string): boolean => skipped.has(name);

/**
 * Every id in the resources' own properties, as a value or as a name, that leads to another piece or out of the set. Within
 * a part that is a piece itself (a subnet, a rule) the reference is the part's. An id of the group or subscription that the
 * resource itself is in says nothing new and leads nowhere.
 */
export function collectReferences(pieces: Pieces): References {
  const list: Reference[] = [];
  const outside = new Map<string, ArmId>();
  const destinations = new Map<string, Destination | undefined>();
  const known = new Map<string, Set<string>>();
  const add = (owner: string, text: string): void => {
    let destination = destinations.get(text);
    if (destination === undefined && !destinations.has(text)) {
      destination = destinationOf(text, pieces);
      destinations.set(text, destination);
    }
    if (destination === undefined) return;
    const { to, target, stub } = destination;
    if (to === owner || (stub !== undefined && isAround(stub, owner))) return;
    if (stub !== undefined) outside.set(to, better(stub, outside.get(to)));
    const targets = known.get(owner);
    if (targets === undefined) known.set(owner, new Set([target]));
    else if (targets.has(target)) return;
    else targets.add(target);
    list.push({ from: owner, to, target });
  };
  for (const [id, resource] of pieces.all) walkIds(id, resource, pieces, add);
  return { list, outside };
}

/** Of two ways to write one id always the same, and rather the one with small letters. */
const better = (one: ArmId, other: ArmId | undefined): ArmId =>
  other === undefined || one.written > other.written ? one : other;

interface Destination {
  to: string;
  target: string;
  /** Given where it leads out of the set. */
  stub?: ArmId;
}

function destinationOf(text: string, pieces: Pieces): Destination | undefined {
  if (!isArmId(text)) return undefined;
  const target = text.toLowerCase();
  const to = pieces.resolve(text);
  if (to !== undefined) return { to, target };
  const armId = readArmId(text);
  if (armId === undefined) return undefined;
  const stub = wholeOf(armId);
  return { to: stub.id, target, stub };
}

/** Whether this is the group, subscription or management group that a piece is in. */
function isAround({ id }: ArmId, piece: string): boolean {
  return !id.includes('/providers/') && piece.startsWith(`${id}/`);
}

/** Calls for every text that may be an id in a resource, with the piece that it is a property of. */
export function walkIds(
  id: string,
  resource: TopologyResource,
  { all, inline }: Pick<Pieces, 'all' | 'inline'>,
  found: (owner: string, text: string) => void,
): void {
  // A stack of its own: what is nested deeper than calls can be must not end in an error.
  const open: unknown[] = [];
  const isDivided = hasParts(resource);
  const parts: { owner: string; value: unknown }[] = [];
  const drain = (owner: string): void => {
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
      if (typeof value === 'string') {
        if (mayBeId(value)) found(owner, value);
        continue;
      }
      if (typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) {
        for (const item of value) if (isWorthAVisit(item)) open.push(item);
        continue;
      }
      const part = isDivided ? inline.get(value) : undefined;
      if (part !== undefined && part !== owner) {
        // A part that became a piece is read as that piece, once.
        if (all.get(part)?.properties !== valueAt(value, 'properties')) parts.push({ owner: part, value });
        continue;
      }
      for (const name of Object.keys(value)) {
        if (mayBeId(name)) found(owner, name);
        const item: unknown = Reflect.get(value, name);
        if (isWorthAVisit(item)) open.push(item);
      }
    }
  };
  for (const [name, value] of Object.entries(resource)) {
    if (!isNoProperty(name) && isWorthAVisit(value)) open.push(value);
  }
  drain(id);
  for (let next = parts.pop(); next !== undefined; next = parts.pop()) {
    open.push(next.value);
    drain(next.owner);
  }
}

const isWorthAVisit = (value: unknown): boolean =>
  typeof value === 'string' ? mayBeId(value) : typeof value === 'object' && value !== null;

/** Whether a text can be an id at all; most are not, and need no closer look. */
export const mayBeId = (text: string): boolean => text.charCodeAt(0) === 47 && text.length > 11;

/**
 * References by address instead of id: machines name the storage account of their boot diagnostics by its blob
 * endpoint, which the account states among its own endpoints.
 */
export function collectDiagnostics(
  pieces: ReadonlyMap<string, TopologyResource>,
  kinds: ReadonlyMap<string, NodeKind>,
): Reference[] {
  const accounts = new Map<string, string[]>();
  for (const [id, resource] of pieces) {
    if (kinds.get(id) !== 'storageAccount') continue;
    const endpoint = textAt(resource.properties, 'primaryEndpoints.blob');
    if (endpoint === undefined) continue;
    const address = withoutSlash(endpoint);
    accounts.set(address, [...(accounts.get(address) ?? []), id]);
  }
  const found: Reference[] = [];
  for (const [from, resource] of pieces) {
    const path = diagnosticsPaths.get(kinds.get(from));
    const uri = path === undefined ? undefined : textAt(resource.properties, path);
    const named = uri === undefined ? undefined : accounts.get(withoutSlash(uri));
    for (const to of named ?? []) found.push({ from, to, target: to });
  }
  return found;
}

/** Where machines and scale sets name the endpoint of their boot diagnostics. */
const diagnosticsPaths: ReadonlyMap<NodeKind | undefined, string> = new Map([
  ['virtualMachine', 'diagnosticsProfile.bootDiagnostics.storageUri'],
  ['scaleSetInstance', 'diagnosticsProfile.bootDiagnostics.storageUri'],
  ['scaleSet', 'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.storageUri'],
]);

const withoutSlash = (address: string): string => address.toLowerCase().replace(/\/$/, '');
