import { isRecord, listAt, textAt, type TopologyResource } from '../arm-resource.ts';
import { isArmId } from '../arm-id.ts';
import { isNoise } from './noise.ts';

/** A piece's properties as they are compared: without noise, ids in the words of the comparison. */
export type Comparable =
  | ComparableText
  | { kind: 'fields'; fields: ReadonlyMap<string, Comparable> }
  /** What an array holds; a `key` tells an item from the others where its name may be compared. */
  | { kind: 'items'; items: readonly { key: string | undefined; value: Comparable; sign: string }[] };

interface ComparableText {
  kind: 'text';
  /** As it is shown. */
  text: string;
  /** What makes it the same as another. Two pieces may have the same words, and one piece others in each moment. */
  sign: string;
}

export interface ComparableContext {
  /** Whether two clusters are compared, whose names say nothing. */
  isBetweenClusters: boolean;
  /** An id as it is shown, and as it is compared. */
  idText: (id: string) => { text: string; sign: string };
  /** Any other text as it is compared. */
  text: (text: string) => string;
  /** Whether this object in the properties is a piece itself, which is compared on its own. */
  isPiece: (value: unknown) => boolean;
}

/** What is compared of a resource, or of a part of one that is a piece. */
export function comparableOf(resource: TopologyResource, context: ComparableContext): Comparable {
  const type = resource.type.toLowerCase();
  const fields = new Map<string, Comparable>();
  for (const [name, value] of Object.entries(resource)) {
    if (name !== 'properties') put(fields, name, read(value, name, { type, context }));
  }
  const own = read(resource.properties, '', { type, context });
  if (own?.kind === 'fields') for (const [name, value] of own.fields) fields.set(name, value);
  put(fields, 'power', powerOf(resource));
  return { kind: 'fields', fields };
}

interface Reading {
  type: string;
  context: ComparableContext;
}

function put(fields: Map<string, Comparable>, name: string, value: Comparable | undefined): void {
  if (value !== undefined) fields.set(name, value);
}

function read(value: unknown, path: string, reading: Reading): Comparable | undefined {
  const { type, context } = reading;
  if (value === null || value === undefined) return undefined;
  if (path !== '' && isNoise(type, path, context.isBetweenClusters)) return undefined;
  if (Array.isArray(value)) return readItems(value, path, reading);
  if (isRecord(value)) return context.isPiece(value) ? undefined : readFields(value, path, reading);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const written = String(value);
  const last = path.slice(path.lastIndexOf('.') + 1);
  // Succeeded, Updating, Creating: what a deployment passes through. Only a failure is a difference.
  if (last === 'provisioningState' && !/^(failed|canceled)$/i.test(written)) return undefined;
  return isArmId(written)
    ? { kind: 'text', ...context.idText(written) }
    : plainComparable(context.text(written));
}

const plainComparable = (text: string): ComparableText => ({ kind: 'text', text, sign: text });

/** What of an instance view is no passing state: the rack and the maintenance group that a machine stands in. */
const lastingInView = ['platformFaultDomain', 'platformUpdateDomain'];

function readFields(value: Record<string, unknown>, path: string, reading: Reading): Comparable | undefined {
  const ids = Object.keys(value);
  const [only] = ids;
  if (ids.length === 1 && only === 'id' && typeof value['id'] === 'string') {
    return { kind: 'text', ...reading.context.idText(value['id']) };
  }
  const { isBetweenClusters } = reading.context;
  const isGivenOut =
    isBetweenClusters && textAt(value, 'privateIPAllocationMethod')?.toLowerCase() === 'dynamic';
  const fields = new Map<string, Comparable>();
  for (const [name, item] of Object.entries(value)) {
    if (isGivenOut && name === 'privateIPAddress') continue;
    if (/(^|\.)instanceView$/.test(path) && !lastingInView.includes(name)) continue;
    if (name !== 'properties') {
      put(fields, name, read(item, path === '' ? name : `${path}.${name}`, reading));
      continue;
    }
    const inner = read(item, path, reading);
    if (inner?.kind === 'fields')
      for (const [innerName, innerItem] of inner.fields) fields.set(innerName, innerItem);
  }
  return fields.size === 0 ? undefined : { kind: 'fields', fields };
}

function readItems(values: readonly unknown[], path: string, reading: Reading): Comparable | undefined {
  const items = values.flatMap((item) => {
    if (reading.context.isPiece(item)) return [];
    const value = read(withoutIdentity(item), path, reading);
    if (value === undefined) return [];
    const key = reading.context.isBetweenClusters ? undefined : (textAt(item, 'name') ?? textAt(item, 'id'));
    return [{ key, value, sign: signOf(value) }];
  });
  if (items.length === 0) return undefined;
  if (items.every(({ value }) => value.kind === 'text')) {
    // The order of ids says nothing; that of anything else may.
    const isIds = values.every((item) => isRecord(item));
    const joined = (texts: readonly string[]): string => (isIds ? texts.toSorted() : texts).join(', ');
    return {
      kind: 'text',
      text: joined(items.map(({ value }) => wordsOf(value))),
      sign: joined(items.map(({ sign }) => sign)),
    };
  }
  return { kind: 'items', items: items.toSorted((a, b) => compareTexts(a.sign, b.sign)) };
}

/** A part of a resource without what tells it from its neighbours: its name keeps them apart already. */
function withoutIdentity(item: unknown): unknown {
  if (!isRecord(item) || item['name'] === undefined) return item;
  if (item['properties'] === undefined && item['id'] === undefined) return item;
  const { name: _name, id: _id, type: _type, ...rest } = item;
  return rest;
}

/** All of a value in one text, the same for equal values. */
export const signOf = (value: Comparable): string => inOneText(value, ({ sign }) => sign);

/** All of a value in one text, as it is shown. */
export const wordsOf = (value: Comparable): string => inOneText(value, ({ text }) => text);

function inOneText(value: Comparable, ofText: (text: ComparableText) => string): string {
  switch (value.kind) {
    case 'text':
      return ofText(value);
    case 'fields':
      return [...value.fields]
        .toSorted(([a], [b]) => compareTexts(a, b))
        .map(([name, item]) => `${name} ${inOneText(item, ofText)}`)
        .join(', ');
    case 'items':
      return value.items
        .map(({ key, value: item }) => `(${key === undefined ? '' : `${key}: `}${inOneText(item, ofText)})`)
        .join(' ');
  }
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A machine's power, as far as it lasts; ARM tells it among the statuses of the instance view. */
function powerOf(resource: TopologyResource): Comparable | undefined {
  for (const status of listAt(resource.properties, 'instanceView.statuses')) {
    const power = /^PowerState\/(running|stopped|deallocated)$/i.exec(textAt(status, 'code') ?? '')?.[1];
    if (power !== undefined) return plainComparable(power.toLowerCase());
  }
  return undefined;
}
