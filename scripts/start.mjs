// `npm start`: installs, builds and serves the portal and the local cloud.
import { startServices } from './services.mjs';
import { ensureBuilt, ensureInstalled } from './workspace.mjs';

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  const services = await startServices();
  console.log('');
  console.log(`  Slipway portal:            ${services.portal}`);
  if (services.arm) console.log(`  Local cloud, ARM endpoint: ${services.arm}`);
  console.log('');
  console.log('  Stop with Ctrl+C. What was built is kept and is there again at the next start.');
  const end = async (exitCode) => {
    await services.stop();
    process.exit(exitCode);
  };
  process.once('SIGINT', () => void end(0));
  process.once('SIGTERM', () => void end(0));
  services.gaveUp.catch((error) => {
    console.error(error.message);
    void end(1);
  });
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
