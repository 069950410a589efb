import type { Engine } from './engine.ts';

const program = ['/usr/bin/python3', '/usr/lib/slipway/fabric.py'];

/** A command of the program that fabrics and edges run; see `image/fabric/fabric.py`. */
export const fabricCommand = (...words: readonly string[]): string[] => [...program, ...words];

/** Has it done in a fabric or an edge. Throws an Error with the program's own words when it fails. */
export async function tellFabric(
  engine: Engine,
  containerId: string,
  ...words: readonly string[]
): Promise<void> {
  const { exitCode, stderr, stdout } = await engine.run(containerId, fabricCommand(...words));
  if (exitCode !== 0) throw new Error((stderr || stdout).trim());
}
