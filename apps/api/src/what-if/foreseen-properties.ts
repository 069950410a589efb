import type { WhatIfProperty } from '@slipway/contract';
import { isSecretMember, withoutSecrets } from '../arm/secret-members.ts';
import type { ArmPropertyChange } from '../arm/what-if.ts';
import { isUnresolved } from '../plan/unknown-values.ts';

/** Nobody reads more of one resource, and no template nests deeper. */
const mostProperties = 500;
const mostLevels = 60;

/**
 * Each property that ARM foresees to change, by its whole path. What Azure's what-if is known to list although nothing
 * becomes different ("noise" in its documentation, templates/deploy-what-if) has the reason for doubt beside it.
 */
export function foreseenProperties(delta: readonly ArmPropertyChange[]): WhatIfProperty[] {
  const found: WhatIfProperty[] = [];
  collect(delta, { path: '', isArray: false, level: 0 }, found);
  return found;
}

interface Place {
  path: string;
  /** Whether the paths of the changes here are places in an array. */
  isArray: boolean;
  level: number;
}

function collect(changes: readonly ArmPropertyChange[], place: Place, found: WhatIfProperty[]): void {
  for (const change of changes) {
    if (found.length >= mostProperties || place.level > mostLevels) return;
    const path = pathOf(change, place);
    const isArray = change.kind === 'Array';
    if (change.children.length > 0)
      collect(change.children, { path, isArray, level: place.level + 1 }, found);
    else if (change.kind !== 'NoEffect') found.push(leaf(change, path, place.isArray));
  }
}

function pathOf({ path }: ArmPropertyChange, place: Place): string {
  if (place.isArray) return `${place.path}[${path}]`;
  return place.path === '' ? path : `${place.path}.${path}`;
}

const words = { Create: 'added', Delete: 'removed' } as const;

function leaf({ kind, before, after }: ArmPropertyChange, path: string, isItem: boolean): WhatIfProperty {
  const change = kind === 'Create' || kind === 'Delete' ? words[kind] : 'changed';
  const isSecret = path.split(/[.[\]]+/).some(isSecretMember);
  const doubt = doubtOf({ change, path, isItem, isSecret, after });
  return {
    path,
    change,
    ...(isSecret || before === undefined ? {} : { before: withoutSecrets(before) }),
    ...(isSecret || after === undefined ? {} : { after: withoutSecrets(after) }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

function doubtOf({
  change,
  path,
  isItem,
  isSecret,
  after,
}: Pick<WhatIfProperty, 'change' | 'path' | 'after'> & { isItem: boolean; isSecret: boolean }):
  string | undefined {
  if (isSecret && change !== 'changed')
    return 'Its value is a secret that is never shown: whether it changes cannot be told.';
  if (isUnresolved(after))
    return 'Its value is known only while the deployment runs, and may be the same as now.';
  // An item of an array is there or not; a property that nobody states has a value all the same.
  if (change === 'removed' && !isItem && !/^tags\b/i.test(path))
    return 'The template says nothing of it: what was filled in without being asked for is listed like this, and stays.';
  return undefined;
}
