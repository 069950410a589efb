// `npm run e2e:endurance`: what is exhaustive among the tests in a real browser.
import { browserEndurance, runSuites } from './suites.mjs';
import { ensureBuilt, ensureInstalled } from './workspace.mjs';

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  process.exit((await runSuites([browserEndurance])) ? 0 : 1);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
