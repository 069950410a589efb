// `npm test`: everything that `npm run check` does, the audit of the dependencies, then the journeys
// in a real browser, and what the pages look like in it.
import { audit, browserTests, checks, enduranceTests, looks, runSuites } from './suites.mjs';
import { ensureBuilt, ensureInstalled } from './workspace.mjs';

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  process.exit((await runSuites([...checks, audit, enduranceTests, browserTests, looks])) ? 0 : 1);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
