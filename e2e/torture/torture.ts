import type { Browser } from '@playwright/test';
import { type BlowResult, create, remove } from './cluster-life.ts';
import { type Blow, type Life, planLives } from './plan.ts';
import { type BuiltStage, buildStage } from './stage.ts';

/** A blow and what became of it; `number` counts from 1. */
export interface Told extends BlowResult {
  number: number;
}

/**
 * Kills services of its own at `blows` moments chosen from `seed`, while clusters are created and deleted with a browser
 * looking on, and tells what became of each. Where something is wrong, the next cluster gets fresh services.
 */
export async function torture(
  browser: Browser,
  { seed, blows, onBlow = () => undefined }: { seed: number; blows: number; onBlow?: (told: Told) => void },
): Promise<Told[]> {
  const told: Told[] = [];
  let built: BuiltStage | undefined;
  try {
    for (const life of planLives(seed, blows)) {
      built ??= await buildStage(browser);
      const results = await live(built, life, `t${seed.toString(36)}n${life.number}`);
      for (const result of results) {
        const numbered = { ...result, number: told.length + 1 };
        told.push(numbered);
        onBlow(numbered);
      }
      if (results.every(({ complaints }) => complaints.length === 0)) continue;
      await built.remove();
      built = undefined;
    }
  } finally {
    await built?.remove();
  }
  return told;
}

/** One cluster from its submission until nothing of it is left. */
async function live(built: BuiltStage, life: Life, name: string): Promise<BlowResult[]> {
  const results: BlowResult[] = [];
  try {
    const [path, created] = await create(built.stage, life, name);
    results.push(created);
    const removed = await remove(built.stage, life, path);
    if (removed) results.push(removed);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const unfinished = [life.creation, life.deletion].slice(results.length);
    results.push(...unfinished.flatMap((blow) => (blow ? [brokenOff(blow, message)] : [])));
  }
  const last = results.at(-1);
  last?.complaints.push(...built.pageComplaints());
  return results;
}

const brokenOff = ({ work, victims }: Blow, message: string): BlowResult => ({
  work,
  victims: victims.join(' and '),
  story: 'broken off',
  complaints: [message],
  tookMs: 0,
});
