import type { ArmId } from './arm-id.ts';
import { listAt, textAt } from './arm-resource.ts';
import type { DiskUse } from './disk-uses.ts';
import type { NodeKind } from './graph.ts';
import type { Pieces } from './pieces.ts';
import type { Reference } from './references.ts';
import type { Roles } from './roles.ts';
import { machineName } from './titles.ts';
import type { TrafficRules } from './traffic.ts';

/** All that is known of the set when one of its pieces is described. */
export interface Surroundings {
  pieces: Pieces;
  /** What ids lead to that is not in the set, by id. */
  outside: ReadonlyMap<string, ArmId>;
  kinds: ReadonlyMap<string, NodeKind>;
  parents: ReadonlyMap<string, string>;
  roles: Roles;
  rules: TrafficRules;
  diskUses: ReadonlyMap<string, DiskUse>;
  /** The machines and scale sets whose boot diagnostics a storage account keeps. */
  diagnosticsAt: ReadonlyMap<string, readonly string[]>;
  machineOfInterface: ReadonlyMap<string, string>;
}

/** Which machine has which network interface, as either of them says. */
export function collectMachinesOfInterfaces(
  { all, resolve }: Pieces,
  kinds: ReadonlyMap<string, NodeKind>,
): Map<string, string> {
  const machines = new Map<string, string>();
  const note = (networkInterface: string | undefined, machine: string | undefined): void => {
    if (networkInterface === undefined || machine === undefined) return;
    if (kinds.get(networkInterface) !== 'networkInterface' || !isMachine(kinds.get(machine))) return;
    const known = machines.get(networkInterface);
    if (known === undefined || machine < known) machines.set(networkInterface, machine);
  };
  for (const [id, resource] of all) {
    const kind = kinds.get(id);
    if (kind === 'networkInterface') {
      const machine = textAt(resource.properties, 'virtualMachine.id');
      if (machine !== undefined) note(id, resolve(machine));
    }
    if (!isMachine(kind)) continue;
    for (const item of listAt(resource.properties, 'networkProfile.networkInterfaces')) {
      const networkInterface = textAt(item, 'id');
      if (networkInterface !== undefined) note(resolve(networkInterface), id);
    }
  }
  return machines;
}

const isMachine = (kind: NodeKind | undefined): boolean =>
  kind === 'virtualMachine' || kind === 'scaleSetInstance';

/** The storage accounts of boot diagnostics, each with who writes there, in order of their ids. */
export function diagnosticsByAccount(diagnostics: readonly Reference[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { from, to } of diagnostics.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const known = found.get(to);
    if (known === undefined) found.set(to, [from]);
    else known.push(from);
  }
  return found;
}

/**
 * What pieces are called together, in a sentence: `master 1`, `masters`, `agents`, the name of the only one, or how many
 * machines they are. Interfaces count as the machine that has them, scale sets with all of their machines.
 */
export function peopleNameOf(ids: Iterable<string>, surroundings: Surroundings): string | undefined {
  const { pieces, kinds, roles, machineOfInterface } = surroundings;
  const machines = new Set([...ids].map((id) => machineOfInterface.get(id) ?? id));
  const scaleSets = new Set([...machines].filter((id) => kinds.get(id) === 'scaleSet'));
  const whole = [...machines].filter(
    (id) => !id.includes('/virtualmachinescalesets/') || scaleSets.has(id) || !isIn(id, scaleSets),
  );
  const [only] = whole;
  if (only === undefined) return undefined;
  const found = new Set(whole.map((id) => roles.roleOf.get(id)));
  const [role] = found;
  if (found.size === 1 && role !== undefined) {
    const index = whole.length === 1 ? roles.indexOf.get(only) : undefined;
    return machineName(role, index)?.toLowerCase() ?? `${role}s`;
  }
  if (whole.length > 1) return `${whole.length} machines`;
  return pieces.all.get(only)?.name ?? only;
}

const isIn = (id: string, scaleSets: ReadonlySet<string>): boolean =>
  scaleSets.has(id.slice(0, id.indexOf('/virtualmachines/')));
