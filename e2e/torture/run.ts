import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium.ts';
import { roundsSetting, seedSetting } from './settings.ts';
import { type Told, torture } from './torture.ts';

function print({ number, story, complaints, tookMs }: Told): void {
  const end = complaints.length === 0 ? 'went on by itself' : 'NOT WELL';
  console.log(`${String(number).padStart(4)}  ${story}; ${end} after ${(tookMs / 1_000).toFixed(1)} s`);
  for (const complaint of complaints) console.log(`      ! ${complaint}`);
}

/** Blows by what was killed during what: how many, how many of them ended badly, the longest time. */
function printSummary(told: readonly Told[]): void {
  console.log(`\n${'during'.padEnd(12)}${'killed'.padEnd(24)}blows  not well  longest`);
  const kinds = Map.groupBy(told, ({ work, victims }) => `${work.padEnd(12)}${victims.padEnd(24)}`);
  for (const [kind, results] of [...kinds].toSorted(([one], [other]) => one.localeCompare(other))) {
    const bad = results.filter(({ complaints }) => complaints.length > 0).length;
    const longest = Math.max(...results.map(({ tookMs }) => tookMs)) / 1_000;
    console.log(
      `${kind}${String(results.length).padStart(5)}${String(bad).padStart(10)}${longest.toFixed(1).padStart(7)} s`,
    );
  }
}

async function main(): Promise<boolean> {
  const blows = roundsSetting() ?? 100;
  const seed = seedSetting() ?? 1 + Math.floor(Math.random() * 999_999);
  console.log(`${blows} rounds of kill -9, seed ${seed} (SLIPWAY_TORTURE_ROUNDS, SLIPWAY_TORTURE_SEED)\n`);
  const startedAt = performance.now();
  const browser = await chromium.launch(launchOptions);
  const told = await torture(browser, { seed, blows, onBlow: print });
  await browser.close();
  printSummary(told);
  const good = told.filter(({ complaints }) => complaints.length === 0).length;
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  console.log(`\nseed ${seed}: ${good} of ${blows} rounds went well, in ${minutes} min`);
  return good === blows;
}

try {
  process.exit((await main()) ? 0 : 1);
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exit(1);
}
