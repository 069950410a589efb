import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type SwarmFiles, swarmFileNames } from '@slipway/cluster';
import { z } from 'zod';

const swarmFilesSchema = z.record(z.enum(swarmFileNames), z.string());

let known: Promise<SwarmFiles> | undefined;

/** The texts of the files that make a Swarm cluster; read once. */
export function readSwarmFiles(): Promise<SwarmFiles> {
  known ??= Promise.all(
    swarmFileNames.map(async (name) => {
      const file = fileURLToPath(import.meta.resolve(`@slipway/cluster/swarm/${name}`));
      return [name, await readFile(file, 'utf8')] as const;
    }),
  ).then((entries) => swarmFilesSchema.parse(Object.fromEntries(entries)));
  return known;
}
