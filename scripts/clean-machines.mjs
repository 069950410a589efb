// `npm run machines:clean`: removes every container, volume and network that local clouds which do not run have left on the
// Docker Engine, with `-- --images` also the images that machines are made from.
import { join } from 'node:path';
import { ensureInstalled, node24, root, run } from './workspace.mjs';

async function main() {
  await ensureInstalled();
  const program = join(root, 'apps', 'local-cloud', 'src', 'machines', 'docker', 'clean-machines.ts');
  process.exit(await run(node24, [program, ...process.argv.slice(2)]));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
