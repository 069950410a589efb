// `npm run dev`: the services restart when their files change, and Vite serves the portal with hot reload.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startServices } from './services.mjs';
import { ensureBuilt, ensureInstalled, node24, root, toolEnvironment } from './workspace.mjs';

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  const services = await startServices({ extraNodeArgs: ['--watch', '--watch-preserve-output'] });
  const vite = spawn(node24, [join(root, 'apps/portal/node_modules/vite/bin/vite.js')], {
    cwd: join(root, 'apps', 'portal'),
    env: toolEnvironment(),
    stdio: 'inherit',
  });
  const end = async () => {
    vite.kill('SIGTERM');
    await services.stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void end());
  process.once('SIGTERM', () => void end());
  vite.once('exit', () => void end());
  console.log(`API behind the development server: ${services.portal}`);
  if (services.arm) console.log(`Local cloud, ARM endpoint: ${services.arm}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
