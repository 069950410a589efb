import { listAt, textAt, valueAt, type TopologyResource } from './arm-resource.ts';
import type { NodeKind } from './graph.ts';
import { resolveId } from './references.ts';

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
  pieces: ReadonlyMap<string, TopologyResource>,
  kinds: ReadonlyMap<string, NodeKind>,
): Map<string, DiskUse> {
  const uses = new Map<string, DiskUse>();
  for (const [machine, resource] of pieces) {
    const kind = kinds.get(machine);
    if (kind !== 'virtualMachine' && kind !== 'scaleSetInstance') continue;
    const note = (disk: unknown, use: Pick<DiskUse, 'holds' | 'lun'>): void => {
      const id = textAt(disk, 'managedDisk.id');
      const found = id === undefined ? undefined : resolveId(id, pieces);
      if (found === undefined || kinds.get(found) !== 'disk' || uses.has(found)) return;
      uses.set(found, { ...use, machine, machineName: resource.name });
    };
    const storage = valueAt(resource.properties, 'storageProfile');
    note(valueAt(storage, 'osDisk'), { holds: 'system' });
    for (const disk of listAt(storage, 'dataDisks')) note(disk, { holds: 'data', lun: textAt(disk, 'lun') });
  }
  return uses;
}
