import type { NetworkInspectInfo } from 'dockerode';
import { writeJson } from '../../json-text.ts';
import type { Engine } from './engine.ts';
import { unlessGone } from './engine-errors.ts';
import { createNetwork } from './engine-networks.ts';
import { folderLabel, labelFilter, labelsOf } from './labels.ts';

const filtersFor = (cloudId: string): string => writeJson(labelFilter(cloudId, 'internet'));

/**
 * The engine's network that stands for the internet: the fabrics' way out, and the edges' way to them. `folder` is where the
 * cloud keeps its state.
 */
export async function ensureInternet(
  engine: Engine,
  cloudId: string,
  folder: string,
): Promise<NetworkInspectInfo> {
  const { docker } = engine;
  const [found] = await docker.listNetworks({ filters: filtersFor(cloudId) });
  if (found) return docker.getNetwork(found.Id).inspect();
  return createNetwork(engine, [], {
    Name: `slipway-${cloudId}-internet`,
    Labels: { ...labelsOf(cloudId, 'internet'), [folderLabel]: folder },
    Options: {},
  });
}

/** Removes it when nothing needs it any more. */
export async function removeInternet(engine: Engine, cloudId: string): Promise<void> {
  for (const { Id } of await engine.docker.listNetworks({ filters: filtersFor(cloudId) }))
    await unlessGone(engine.docker.getNetwork(Id).remove());
}
