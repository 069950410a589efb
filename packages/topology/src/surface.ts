import type { TopologyResource } from './arm-resource.ts';
import type { NodeKind } from './graph.ts';
import { isNoProperty, mayBeId } from './references.ts';

/**
 * What changes while things run, and is shown at its own piece only: states, counts and views of a machine. Other pieces,
 * the lines and the order of the nodes do not depend on it.
 */
const quiet = new Set([
  'capacity',
  'diskState',
  'etag',
  'hardwareProfile',
  'instanceView',
  'lastModifiedAt',
  'latestModelApplied',
  'macAddress',
  'osProfile',
  'powerState',
  'provisioningState',
  'resourceGuid',
  'statuses',
  'systemData',
  'timeCreated',
  'vmId',
]);

/**
 * A text that is the same for two states of one resource if, and only if, nothing but its own node can differ in the graph:
 * everything that other pieces may read from it, and every id with the place where it stands.
 */
export function surfaceOf(resource: TopologyResource, kind: NodeKind): string {
  const lines = [resource.name, resource.type];
  // A stack of its own: what is nested deeper than calls can be must not end in an error.
  const open: Place[] = [];
  for (const [name, value] of Object.entries(resource)) {
    // Of what is no known kind, others read nothing but ids.
    if (!isNoProperty(name)) open.push({ path: name, value, isQuiet: kind === 'other' || quiet.has(name) });
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value, isQuiet } = next;
    if (typeof value !== 'object' || value === null) {
      if (!isQuiet || (typeof value === 'string' && mayBeId(value))) {
        lines.push(`${path} ${JSON.stringify(value)}`);
      }
      continue;
    }
    if (!isQuiet) lines.push(`${path} ${Array.isArray(value) ? 'list' : 'object'}`);
    for (const [name, item] of Object.entries(value)) {
      if (mayBeId(name)) lines.push(`${path} names ${name}`);
      open.push({ path: `${path}.${name}`, value: item, isQuiet: isQuiet || quiet.has(name) });
    }
  }
  return lines.join('\n');
}

interface Place {
  path: string;
  value: unknown;
  isQuiet: boolean;
}
