// `npm run check`: format, lint, types and unit tests.
import { checks, runSuites } from './suites.mjs';
import { ensureInstalled } from './workspace.mjs';

async function main() {
  await ensureInstalled();
  process.exit((await runSuites(checks)) ? 0 : 1);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
