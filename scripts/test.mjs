// `npm test`: everything that `npm run check` does, the audit of the dependencies, then the journeys in a real browser.
import { audit, browserTests, checks, enduranceTests, runSuites } from './suites.mjs';
import { ensureBuilt, ensureInstalled } from './workspace.mjs';

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  process.exit((await runSuites([...checks, audit, enduranceTests, browserTests])) ? 0 : 1);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
