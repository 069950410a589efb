// `npm run test:machines`: the story on real machines, e2e/machines/. Needs Linux, a Docker Engine and some small programs;
// where they are missing it says so, and counts what it did not run as skipped.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureEngine, missingForMachines, staticBusybox } from './docker-engine.mjs';
import { machineTests, runSuites } from './suites.mjs';
import { ensureBuilt, ensureInstalled, node24, root, run } from './workspace.mjs';

const cleaner = join(root, 'apps', 'local-cloud', 'src', 'machines', 'docker', 'clean-machines.ts');

/** How many tests there are, whether they can run or not. */
function storyLength() {
  const args = [...machineTests.command, '--list', '--reporter=json'];
  const { stdout } = spawnSync(node24, args, { cwd: root, encoding: 'utf8' });
  const specsIn = ({ specs = [], suites = [] }) =>
    specs.length + suites.reduce((sum, suite) => sum + specsIn(suite), 0);
  return specsIn(JSON.parse(stdout));
}

/** Runs the story on this engine; what earlier runs left behind goes first, and what a failed one leaves goes after. */
async function tellStory() {
  if ((await run(node24, [cleaner])) !== 0) return { passed: 0, failed: 1 };
  try {
    return await machineTests.run({ SLIPWAY_BUSYBOX: staticBusybox() });
  } finally {
    if (process.env.SLIPWAY_KEEP_MACHINES === undefined) await run(node24, [cleaner]);
  }
}

async function runOrSkip() {
  const missing = missingForMachines();
  const engine = missing.length === 0 ? await ensureEngine() : undefined;
  if (engine?.missing !== undefined) missing.push(engine.missing);
  if (missing.length > 0) {
    console.log(`The tests on real machines cannot run here. ${missing.join(' ')}`);
    return { passed: 0, failed: 0, skipped: storyLength() };
  }
  try {
    return await tellStory();
  } finally {
    await engine.stop();
  }
}

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  const allWell = await runSuites([{ name: machineTests.name, run: runOrSkip }]);
  process.exit(allWell ? 0 : 1);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
