// `npm test`: everything that `npm run check` does, then the journeys in a real browser.
import { browserTests, checks, runSuites } from './suites.mjs';
import { ensureBuilt, ensureInstalled } from './workspace.mjs';

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  process.exit((await runSuites([...checks, browserTests])) ? 0 : 1);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
