import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { z } from 'zod';
import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import type { Locks } from '../governance/locks.ts';
import { isJsonObject } from '../json-text.ts';
import type { ResourceRecord } from '../providers/provider.ts';
import { parseResourceId } from '../resource-id.ts';
import type { ResourceGroup } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import type { ResourceGroups } from './resource-groups.ts';

const most = 800;

const requestSchema = z.object({
  resources: z.array(z.string().max(2_048)).min(1).max(most),
  targetResourceGroup: z.string().max(2_048),
});

/** Providers whose resources move together with what they are connected to. Source: Microsoft's "Networking move guidance". */
const connected = /^microsoft\.(?:network|compute)\//i;

interface MoveParts {
  store: Store;
  clock: Clock;
  groups: ResourceGroups;
  locks: Locks;
  /** Whether something is being done to the resource. */
  isBusy: (id: string) => boolean;
  /** Whether machines are real ones, which are known by their ids. */
  hasRealMachines: boolean;
}

/**
 * Moves resources, with what is in and on them, from one group to another: they get new ids, and what refers to them among
 * themselves refers to the new ones.
 */
export class ResourceMoves {
  readonly #parts: MoveParts;

  constructor(parts: MoveParts) {
    this.#parts = parts;
  }

  /** What `move` would refuse. Throws ArmError. */
  check(source: ResourceGroup, body: JsonObject): void {
    this.#plan(source, body);
  }

  /** Moves at once; all or nothing. Throws ArmError. */
  move(source: ResourceGroup, body: JsonObject): void {
    const { store, clock } = this.#parts;
    const { records, target } = this.#plan(source, body);
    const rename = renaming(source, target, records);
    const changedAt = clock.now().toISOString();
    store.transaction(() => {
      for (const record of records) store.resources.remove(record.id);
      for (const record of records)
        store.resources.put({
          ...record,
          id: rename(record.id),
          envelope: renamed(record.envelope, rename),
          properties: renamed(record.properties, rename),
          changedAt,
        });
    });
  }

  #plan(source: ResourceGroup, body: JsonObject): { records: ResourceRecord[]; target: ResourceGroup } {
    const { store, groups, locks, isBusy, hasRealMachines } = this.#parts;
    const parsed = requestSchema.safeParse(body);
    if (!parsed.success)
      throw new ArmError(
        400,
        'InvalidRequestContent',
        `The request content was invalid and could not be deserialized: ${z.prettifyError(parsed.error)}`,
      );
    const target = this.#target(parsed.data.targetResourceGroup, source);
    for (const { id } of [source, target]) locks.refuseWrite(id);
    groups.getForWrite(source.subscriptionId, source.name);
    const roots = parsed.data.resources.map((id) => this.#movable(id, source));
    for (const { id } of roots) locks.refuseDelete(id);
    const all = new Map<string, ResourceRecord>();
    for (const root of roots)
      for (const record of [root, ...store.resources.list({ under: root.id })])
        all.set(record.id.toLowerCase(), record);
    const records = [...all.values()];
    const busy = records.find(({ id, provisioningState }) => isBusy(id) || provisioningState === 'Failed');
    if (busy)
      throw new ArmError(
        409,
        'MoveCannotProceedWithResourcesNotInSucceededState',
        `Move cannot be started as the resource '${busy.id}' is in the provisioning state '${busy.provisioningState}': all resources must have been successfully provisioned.`,
      );
    if (hasRealMachines && records.some(({ type }) => /^microsoft\.compute\/virtualmachine/i.test(type)))
      throw new ArmError(
        409,
        'ResourceMoveNotSupported',
        'Machines that really run on this computer are known there by the ids of their resources: they cannot be moved.',
      );
    const taken = records.find(({ id }) => store.resources.get(renaming(source, target, records)(id)));
    if (taken)
      throw new ArmError(
        409,
        'ResourceMoveFailed',
        `The resource '${taken.id}' cannot be moved: the resource group '${target.name}' has one of that type and name already.`,
      );
    this.#requireDependents(source, all);
    return { records, target };
  }

  #target(id: string, source: ResourceGroup): ResourceGroup {
    const [, subscriptionId = '', name = ''] =
      /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/?$/i.exec(id) ?? [];
    if (name === '')
      throw new ArmError(
        400,
        'InvalidRequestContent',
        "The request content was invalid and could not be deserialized: 'targetResourceGroup' must be the id of a resource group.",
      );
    const target = this.#parts.groups.getForWrite(subscriptionId.toLowerCase(), name);
    if (target.id.toLowerCase() === source.id.toLowerCase())
      throw new ArmError(
        400,
        'ResourceMoveSourceAndTargetAreSame',
        `The source and the target resource group are the same: '${source.name}'.`,
      );
    return target;
  }

  #movable(id: string, source: ResourceGroup): ResourceRecord {
    const parsed = parseResourceId(id);
    const record = this.#parts.store.resources.get(id);
    if (!parsed || !record || parsed.resourceGroup?.toLowerCase() !== source.name.toLowerCase())
      throw new ArmError(
        404,
        'ResourceNotFound',
        `The resource '${id.slice(0, 400)}' is not in the resource group '${source.name}'.`,
      );
    if (parsed.names.length > 1 || parsed.scope.toLowerCase() !== source.id.toLowerCase())
      throw new ArmError(
        400,
        'ResourceMoveNotSupported',
        `The resource '${record.id}' is a part of another one, and moves with that only.`,
      );
    return record;
  }

  /** Networks and machines move together with everything that they are connected to in their group. */
  #requireDependents(source: ResourceGroup, moving: ReadonlyMap<string, ResourceRecord>): void {
    const { store } = this.#parts;
    const inGroup = store.resources
      .list({ subscriptionId: source.subscriptionId, resourceGroup: source.name })
      .filter(({ type }) => connected.test(type));
    const missing = new Set<string>();
    for (const record of inGroup) {
      const isMoving = moving.has(record.id.toLowerCase());
      const others = inGroup.filter(({ id }) => moving.has(id.toLowerCase()) !== isMoving);
      const refersTo = (id: string): boolean => mentions(record, id.toLowerCase());
      const other = others.find(({ id }) => refersTo(id));
      if (other) missing.add(isMoving ? other.id : record.id);
    }
    if (missing.size === 0) return;
    throw new ArmError(
      409,
      'ResourceMoveProviderValidationFailed',
      'Resource move validation failed. Please see details.',
      {
        details: [...missing].map(
          (id) =>
            new ArmError(
              409,
              'MissingMoveDependentResources',
              'The move resources request does not contain all the dependent resources. Please check error details for missing resource ids.',
              { target: id },
            ),
        ),
      },
    );
  }
}

/** Whether a resource says the id of another one, or of something in that. */
function mentions({ envelope, properties }: ResourceRecord, id: string): boolean {
  const isIn = (value: JsonValue): boolean => {
    if (typeof value === 'string') {
      const text = value.toLowerCase();
      return text === id || text.startsWith(`${id}/`);
    }
    if (Array.isArray(value)) return value.some(isIn);
    return isJsonObject(value) && Object.values(value).some(isIn);
  };
  return isIn(envelope) || isIn(properties);
}

/** Gives texts that are ids of what moves, or of something in that, the ids that these get; leaves all others. */
function renaming(
  source: ResourceGroup,
  target: ResourceGroup,
  records: readonly ResourceRecord[],
): (text: string) => string {
  const moving = records.map(({ id }) => id.toLowerCase());
  const prefix = `${source.id.toLowerCase()}/`;
  return (text) => {
    const key = text.toLowerCase();
    const moves = key.startsWith(prefix) && moving.some((id) => key === id || key.startsWith(`${id}/`));
    return moves ? `${target.id}/${text.slice(prefix.length)}` : text;
  };
}

function renamed(value: JsonObject, rename: (text: string) => string): JsonObject {
  return Object.fromEntries(
    // Identities are members that have ids as their names.
    Object.entries(value).map(([name, member]) => [rename(name), renamedValue(member, rename)]),
  );
}

function renamedValue(value: JsonValue, rename: (text: string) => string): JsonValue {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((item) => renamedValue(item, rename));
  return isJsonObject(value) ? renamed(value, rename) : value;
}
