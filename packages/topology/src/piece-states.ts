import { isRecord, listAt, textAt, valueAt, type TopologyResource } from './arm-resource.ts';
import type { PiecePhase, PieceState } from './piece-state.ts';

/** An error as ARM words it. */
interface ArmErrorWords {
  code: string;
  message: string;
  details?: readonly ArmErrorWords[] | undefined;
}

/** One resource of a deployment (or a deletion) and how far ARM is with it. */
export interface ProgressRow {
  /** The resource's ARM id. */
  id: string;
  state: 'Waiting' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled' | 'Deleting' | 'Deleted';
  error?: ArmErrorWords | undefined;
}

/** How far the deployment (or the deletion) is as a whole. */
export interface ProgressHead {
  state: 'Accepted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled' | 'Deleting';
  error?: ArmErrorWords | undefined;
}

export interface PieceStatesInput {
  /** The resources that ARM has, as its GET returns them; machines with their instance views. */
  resources: readonly TopologyResource[];
  /** Resources that ARM had a moment ago and has no more. */
  gone?: readonly TopologyResource[];
  /** What a deployment means to create and ARM does not have yet. */
  planned?: readonly TopologyResource[];
  /** Absent where no deployment is known of, as in a group that is no cluster. */
  rows?: readonly ProgressRow[];
  head?: ProgressHead | undefined;
}

/**
 * How far ARM is with each piece of a topology, by node id: resources, their parts (which share their resource's state),
 * and `service`, which has the deployment's. A row of the deployment is newer than what the resource says of itself, except
 * once it has succeeded: what is done to a resource later, a scaling or somebody else's change, shows in the resource
 * alone. A piece without a row goes with the one it belongs to, or with the whole cluster, when that is deleted. What is
 * not in the map is at rest. The same state is the same object.
 */
export function topologyStates({
  resources,
  gone = [],
  planned = [],
  rows = [],
  head,
}: PieceStatesInput): ReadonlyMap<string, PieceState> {
  const rowsById = new Map(rows.map((row) => [row.id.toLowerCase(), row]));
  const isAnyGoing = rows.some(({ state }) => state === 'Deleting' || state === 'Deleted');
  const rowOf = ({ resource, key }: Told): ProgressRow | undefined =>
    rowsById.get(key) ?? (isAnyGoing ? goingOwner(resource, key, rowsById) : undefined);
  const found: (readonly [Told, PieceState])[] = [];
  for (const resource of planned) {
    const told = tellOf(resource);
    found.push([told, plannedState(rowsById.get(told.key))]);
  }
  for (const resource of gone) found.push([tellOf(resource), stateOf('deleted')]);
  for (const resource of resources) {
    const told = tellOf(resource);
    found.push([told, presentState(told, rowOf(told), head)]);
  }
  const states = new Map<string, PieceState>();
  for (const [{ parts }, state] of found) for (const part of parts) states.set(part, state);
  // What stands in another's properties and is a resource all the same, such as an instance's interface, has its own.
  for (const [{ key }, state] of found) states.set(key, state);
  if (head) states.set('service', serviceState(head));
  return states;
}

/** What a resource tells by itself. */
interface Told {
  resource: TopologyResource;
  /** Its id in lower case. */
  key: string;
  parts: readonly string[];
  power: string | undefined;
  own: PieceState;
}

const toldBefore = new WeakMap<TopologyResource, Told>();

/** Found out once of each object: of ten thousand only a few change between two looks. */
function tellOf(resource: TopologyResource): Told {
  const before = toldBefore.get(resource);
  if (before) return before;
  const key = resource.id.toLowerCase();
  const power = powerOf(resource);
  const own = ownState(resource, power);
  const told = { resource, key, parts: partIdsOf(resource, key), power, own };
  toldBefore.set(resource, told);
  return told;
}

const changingPowers = new Set(['starting', 'stopping', 'deallocating']);

/** Whether something is being done with any of the pieces. */
export function isAnyAtWork(states: Iterable<PieceState>): boolean {
  for (const { phase, power } of states)
    if (phase === 'working' || phase === 'deleting' || (power !== undefined && changingPowers.has(power)))
      return true;
  return false;
}

/** Whether something is being done with a resource, by what it says of itself. */
export const isResourceAtWork = (resource: TopologyResource): boolean => isAnyAtWork([tellOf(resource).own]);

function plannedState(row: ProgressRow | undefined): PieceState {
  switch (row?.state) {
    case undefined:
    case 'Waiting':
      return stateOf('planned');
    case 'Running':
      return stateOf('working');
    // It is there; the next look at the resources shows it.
    case 'Succeeded':
      return stateOf('done');
    case 'Failed':
    case 'Canceled':
      return failed(row);
    case 'Deleting':
      return stateOf('deleting');
    case 'Deleted':
      return stateOf('deleted');
  }
}

function presentState(
  { power, own }: Told,
  row: ProgressRow | undefined,
  head: ProgressHead | undefined,
): PieceState {
  if (!row && head?.state === 'Deleting') return stateOf('deleting', power);
  switch (row?.state) {
    case 'Running':
      return stateOf('working', power);
    case 'Failed':
    case 'Canceled':
      return failed(row, power);
    case 'Deleting':
      return stateOf('deleting', power);
    case 'Deleted':
      return stateOf('deleted');
    case undefined:
    case 'Waiting':
    case 'Succeeded':
      return own;
  }
}

/** What a resource says of itself. ARM's words for work differ from type to type: what is not an end is work. */
function ownState(resource: TopologyResource, power: string | undefined): PieceState {
  const said = textAt(resource, 'properties.provisioningState')?.toLowerCase();
  switch (said) {
    case undefined:
    case 'succeeded':
    case 'ready':
    case 'registered':
      return failureOf(resource, power) ?? stateOf('done', power);
    case 'failed':
      return (
        failureOf(resource, power) ?? {
          phase: 'failed',
          ...withPower(power),
          why: 'Failed: Azure Resource Manager tells no more of it.',
        }
      );
    case 'canceled':
      return {
        phase: 'failed',
        ...withPower(power),
        why: 'Canceled: it was stopped before it was finished.',
      };
    case 'deleting':
      return stateOf('deleting', power);
    default:
      return stateOf('working', power);
  }
}

function failed({ state, error }: ProgressRow, power?: string): PieceState {
  const words =
    state === 'Canceled'
      ? 'Canceled: the deployment was canceled before this was finished.'
      : 'Failed: Azure Resource Manager tells no more of it.';
  return { phase: 'failed', ...withPower(power), why: error ? wordsOf(error) : words };
}

/** So many of the errors inside an error are told: the rest is on the deployment's page. */
const mostCauses = 3;

/** An error in ARM's words: those of the innermost ones, because what is around them says only that something failed. */
function wordsOf(error: ArmErrorWords): string {
  const told = causesOf(error).map(({ code, message }) => (message ? `${code}: ${message}` : code));
  const causes = [...new Set(told)].slice(0, mostCauses);
  return causes.join(' · ');
}

const causesOf = (error: ArmErrorWords): ArmErrorWords[] =>
  error.details && error.details.length > 0 ? error.details.flatMap(causesOf) : [error];

const withPower = (power: string | undefined): Pick<PieceState, 'power'> =>
  power === undefined ? {} : { power };

function serviceState({ state, error }: ProgressHead): PieceState {
  switch (state) {
    case 'Accepted':
    case 'Running':
      return stateOf('working');
    case 'Succeeded':
      return stateOf('done');
    case 'Deleting':
      return stateOf('deleting');
    case 'Failed':
    case 'Canceled':
      return { phase: 'failed', why: error ? wordsOf(error) : state };
  }
}

/** The row of the nearest piece that a resource belongs to and that is being deleted: it goes with it. */
function goingOwner(
  resource: TopologyResource,
  id: string,
  rows: ReadonlyMap<string, ProgressRow>,
): ProgressRow | undefined {
  // ARM says of a disk which machine it belongs to.
  for (
    let at = textAt(resource, 'managedBy')?.toLowerCase() ?? outward(id);
    at !== undefined;
    at = outward(at)
  ) {
    const row = rows.get(at);
    if (row) return row.state === 'Deleting' || row.state === 'Deleted' ? row : undefined;
  }
  return undefined;
}

/** The id without its last type and name; `undefined` where that is no resource any more. */
function outward(id: string): string | undefined {
  const outer = /^(.+\/providers\/[^/]+\/[^/]+\/[^/]+(?:\/.+)?)\/[^/]+\/[^/]+$/.exec(id)?.[1];
  return outer?.includes('/providers/') === true ? outer : undefined;
}

const statusesOf = (resource: TopologyResource): readonly unknown[] =>
  listAt(resource, 'properties.instanceView.statuses');

/** A machine's power as its instance view words it: `PowerState/deallocated` is `deallocated`. */
function powerOf(resource: TopologyResource): string | undefined {
  for (const status of statusesOf(resource)) {
    const said = /^PowerState\/(.+)$/i.exec(textAt(status, 'code') ?? '')?.[1];
    if (said !== undefined) return said.toLowerCase();
  }
  return undefined;
}

/** ARM appends the code of what failed to the status of provisioning: `ProvisioningState/failed/AllocationFailed`. */
function failureOf(resource: TopologyResource, power: string | undefined): PieceState | undefined {
  for (const status of statusesOf(resource)) {
    const code = /^ProvisioningState\/failed\/(.+)$/i.exec(textAt(status, 'code') ?? '')?.[1];
    if (code !== undefined) {
      const message = textAt(status, 'message') ?? '';
      return { phase: 'failed', ...withPower(power), why: wordsOf({ code, message }) };
    }
  }
  return undefined;
}

const known = new Map<string, PieceState>();

/** One object for each phase and power, so that who draws them sees at once what has not changed. */
function stateOf(phase: PiecePhase, power?: string): PieceState {
  // There are few of them in ARM's words; others are not kept.
  if (power !== undefined && power.length > 20) return { phase, power };
  const key = `${phase} ${power ?? ''}`;
  const state = known.get(key) ?? { phase, ...withPower(power) };
  if (known.size < 200) known.set(key, state);
  return state;
}

/** The ids, in lower case, of what stands in a resource's own properties: a network's subnets, a balancer's rules. */
function partIdsOf(resource: TopologyResource, key: string): readonly string[] {
  const parts = new Set<string>();
  collectParts(valueAt(resource, 'properties'), `${key}/`, parts, 0);
  return [...parts];
}

/** Parts nest two or three levels deep; what hides deeper than this nobody draws. */
const deepestPart = 24;

function collectParts(value: unknown, owner: string, parts: Set<string>, depth: number): void {
  if (depth > deepestPart) return;
  if (Array.isArray(value)) {
    for (const item of value) collectParts(item, owner, parts, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  const id = textAt(value, 'id')?.toLowerCase();
  if (id?.startsWith(owner) === true) parts.add(id);
  for (const member of Object.values(value)) collectParts(member, owner, parts, depth + 1);
}
