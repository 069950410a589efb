import type Docker from 'dockerode';
import { writeJson } from '../../json-text.ts';
import { isInUse } from '../../store/store.ts';
import { engineStatus, unlessGone } from './engine-errors.ts';
import { cloudLabel, folderLabel } from './labels.ts';
import { baseImageName } from './base-image.ts';
import { imageName, imageStages } from './machine-images.ts';

/** How many things of each kind were removed, and what was left alone. */
export interface Removed {
  containers: number;
  volumes: number;
  networks: number;
  images: number;
  /** The folders of clouds that are running: what is theirs stays, and so do the images that they use. */
  running: string[];
}

/**
 * Removes what local clouds have left on an engine, whichever cloud it was: machines, their disks, networks and published
 * addresses, and with `images` also the images that they are made from. Throws what the engine throws.
 */
export async function removeEverything(docker: Docker, { images }: { images: boolean }): Promise<Removed> {
  const filters = { label: [cloudLabel] };
  const listed = await docker.listNetworks({ filters: writeJson(filters) });
  const running = listed.filter(({ Labels }) => {
    const folder = Labels?.[folderLabel];
    return folder !== undefined && isInUse(folder);
  });
  const runningClouds = new Set(running.map(({ Labels }) => Labels?.[cloudLabel]));
  const isLeft = ({ Labels }: { Labels?: Record<string, string> | undefined }): boolean =>
    !runningClouds.has(Labels?.[cloudLabel]);
  // Containers first: they hold the rest.
  const containers = await eachGone(
    (await docker.listContainers({ all: true, filters }))
      .filter(isLeft)
      .map(({ Id }) => docker.getContainer(Id)),
    (container) => container.remove({ force: true, v: true }),
  );
  // Disks usually go with their machines, those of a machine that was never started do not.
  const volumes = await eachGone(
    (await docker.listVolumes({ filters: writeJson(filters) })).Volumes.filter(isLeft).map(({ Name }) =>
      docker.getVolume(Name),
    ),
    (volume) => volume.remove({ force: true }),
  );
  const networks = await eachGone(
    listed.filter(isLeft).map(({ Id }) => docker.getNetwork(Id)),
    (network) => network.remove(),
  );
  return {
    containers,
    volumes,
    networks,
    images: images && running.length === 0 ? await removeImages(docker) : 0,
    running: running.map(({ Labels }) => Labels?.[folderLabel] ?? ''),
  };
}

async function removeImages(docker: Docker): Promise<number> {
  const repositories = [...imageStages.map(imageName), baseImageName];
  const listed = await docker.listImages({ filters: writeJson({ reference: repositories }) });
  return eachGone(
    listed.flatMap(({ RepoTags }) => RepoTags ?? []).map((tag) => docker.getImage(tag)),
    (image) => image.remove({ force: true }),
  );
}

/** Removes one after another; what is gone by itself meanwhile, or is going, is not counted. */
async function eachGone<Thing>(
  things: readonly Thing[],
  remove: (thing: Thing) => Promise<unknown>,
): Promise<number> {
  let removed = 0;
  for (const thing of things) {
    const isRemoved = unlessGone(remove(thing).then(() => true));
    if ((await isRemoved.catch(unlessBeingRemoved)) === true) removed += 1;
  }
  return removed;
}

/** The engine answers 409 when somebody else is removing the same container. */
function unlessBeingRemoved(error: unknown): undefined {
  if (engineStatus(error) === 409 && /already in progress/i.test(String(error))) return undefined;
  throw error;
}
