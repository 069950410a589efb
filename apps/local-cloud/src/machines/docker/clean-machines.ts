// What `npm run machines:clean` does, as a program: see scripts/clean-machines.mjs.
import { Engine } from './engine.ts';
import { NoEngine } from './engine-errors.ts';
import { removeEverything } from './clean.ts';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const images = process.argv.includes('--images');
  try {
    const { docker } = await Engine.open(process.env);
    const removed = await removeEverything(docker, { images });
    const made = [
      counted(removed.containers, 'container'),
      counted(removed.volumes, 'volume'),
      counted(removed.networks, 'network'),
      ...(images ? [counted(removed.images, 'image')] : []),
    ];
    say(`Removed ${made.slice(0, -1).join(', ')} and ${made.at(-1) ?? ''} of local clouds.`);
    for (const folder of removed.running)
      say(
        `A Slipway is running with its state in ${folder}: its machines${images ? ' and the images' : ''} were left alone. Stop it first, or delete its clusters in the portal.`,
      );
  } catch (error) {
    if (!(error instanceof NoEngine) || error.isThere) throw error;
    say(`${error.message}\nWithout an engine there are no machines: nothing was removed.`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
