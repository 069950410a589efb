import { listAt, textAt, valueAt } from './arm-resource.ts';
import type { NodeKind } from './graph.ts';
import type { Pieces } from './pieces.ts';

/** What a managed disk is to the machine that it is attached to. */
export interface DiskUse {
  holds: 'system' | 'data';
  /** The number of a data disk at its machine. */
  lun?: string | undefined;
  machine: string;
  machineName: string;
}

/** What each disk holds, as the machines say that use it; by the disk's id. */
export function collectDiskUses(
  { all, resolve }: Pieces,
  kinds: ReadonlyMap<string, NodeKind>,
): Map<string, DiskUse> {
  const uses = new Map<string, DiskUse>();
  for (const [machine, resource] of all) {
    const kind = kinds.get(machine);
    if (kind !== 'virtualMachine' && kind !== 'scaleSetInstance') continue;
    const note = (disk: unknown, use: Pick<DiskUse, 'holds' | 'lun'>): void => {
      const id = textAt(disk, 'managedDisk.id');
      const found = id === undefined ? undefined : resolve(id);
      if (found === undefined || kinds.get(found) !== 'disk') return;
      // A shared disk is named after the first of its machines.
      const known = uses.get(found);
      if (known !== undefined && known.machine <= machine) return;
      uses.set(found, { ...use, machine, machineName: resource.name });
    };
    const storage = valueAt(resource.properties, 'storageProfile');
    note(valueAt(storage, 'osDisk'), { holds: 'system' });
    for (const disk of listAt(storage, 'dataDisks')) note(disk, { holds: 'data', lun: textAt(disk, 'lun') });
  }
  return uses;
}
