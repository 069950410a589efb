// `npm run test:machines`: the tests that need real machines: the machine driver's own, and the story in e2e/machines/.
// Where there can be none it says so, and counts what it did not run as skipped.
import { join } from 'node:path';
import { ensureEngine, missingForMachines, staticBusybox } from './docker-engine.mjs';
import { machineSuites, runSuites } from './suites.mjs';
import { ensureBuilt, ensureInstalled, node24, root, run } from './workspace.mjs';

const cleaner = join(root, 'apps', 'local-cloud', 'src', 'machines', 'docker', 'clean-machines.ts');

const clean = async () => {
  if ((await run(node24, [cleaner])) !== 0)
    throw new Error('What local clouds have left could not be removed.');
};

/** What others have left behind would be in the tests' way, so it goes first; what a failed test leaves goes after it. */
async function runAll() {
  await ensureBuilt();
  await clean();
  const environment = { SLIPWAY_BUSYBOX: staticBusybox() };
  const cleaned = (suite) => async () => {
    try {
      return await suite.run(environment);
    } finally {
      if (process.env.SLIPWAY_KEEP_MACHINES === undefined) await clean();
    }
  };
  return runSuites(machineSuites.map((suite) => ({ name: suite.name, run: cleaned(suite) })));
}

async function main() {
  await ensureInstalled();
  const missing = missingForMachines();
  const engine = missing.length === 0 ? await ensureEngine() : undefined;
  if (engine?.missing !== undefined) missing.push(engine.missing);
  if (missing.length > 0) {
    console.log(`There can be no real machines here. ${missing.join(' ')}`);
    await runSuites(machineSuites.map(({ name, size }) => ({ name, run: async () => skipped(size()) })));
    return 0;
  }
  try {
    return (await runAll()) ? 0 : 1;
  } finally {
    await engine.stop();
  }
}

const skipped = (count) => ({ passed: 0, failed: 0, skipped: count });

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
