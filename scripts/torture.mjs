// `npm run torture`: kills the services at random moments while clusters are built and deleted; see e2e/torture/.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, node24, root, run } from './workspace.mjs';

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  process.exit(await run(node24, [join(root, 'e2e', 'torture', 'run.ts')]));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
