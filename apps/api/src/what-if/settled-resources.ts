import { type ArmResource, armResourceSchema } from '@slipway/contract';
import { isUnresolved } from '../plan/unknown-values.ts';
import { withPartIds } from '../plan/part-ids.ts';

type Members = Record<string, unknown>;

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A payload of ARM's as a resource of the topology; `undefined` where it is none. */
export function asResource(payload: Members | undefined): ArmResource | undefined {
  const read = armResourceSchema.safeParse(payload);
  return read.success ? withPartIds(read.data) : undefined;
}

/**
 * A resource as it will be as far as that is certain: with what is known only while the deployment runs, or what the template
 * says nothing of, as it is now. Items of arrays come and go; those with names are the same ones.
 */
export function settledPayload(before: Members | undefined, after: Members): Members {
  return settleMembers(before ?? {}, after, before !== undefined);
}

function settleMembers(before: Members, after: Members, keepsOthers: boolean): Members {
  const names = new Map(Object.keys(before).map((name) => [name.toLowerCase(), name]));
  const settled = new Map<string, unknown>(keepsOthers ? Object.entries(before) : []);
  for (const [written, value] of Object.entries(after)) {
    const name = names.get(written.toLowerCase()) ?? written;
    const member = settle(before[name], value, name);
    if (member === undefined) settled.delete(name);
    else settled.set(name, member);
  }
  return Object.fromEntries(settled);
}

function settle(before: unknown, after: unknown, name: string): unknown {
  if (typeof after === 'string') return isUnresolved(after) ? before : after;
  if (Array.isArray(after)) return settleItems(Array.isArray(before) ? before : [], after);
  if (!isRecord(after)) return after;
  return settleMembers(isRecord(before) ? before : {}, after, name.toLowerCase() !== 'tags');
}

function settleItems(before: readonly unknown[], after: readonly unknown[]): unknown[] {
  const known = new Map(before.map((item) => [nameOf(item), item]));
  return after
    .map((item, index) => {
      const name = nameOf(item);
      return settle(name === undefined ? before[index] : known.get(name), item, '');
    })
    .filter((item) => item !== undefined);
}

function nameOf(item: unknown): string | undefined {
  const name = isRecord(item) ? item['name'] : undefined;
  return typeof name === 'string' ? name.toLowerCase() : undefined;
}
