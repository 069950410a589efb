// `npm run local-cloud`: the local cloud alone, without portal and API, for the Azure CLI, SDKs and the like.
import { request } from 'node:https';
import { join, resolve } from 'node:path';
import { ensureInstalled, node24, root, run, toolEnvironment } from './workspace.mjs';

const host = process.env.SLIPWAY_ARM_HOST ?? 'localhost';
const port = process.env.SLIPWAY_ARM_PORT ?? '8443';
const dataDir = resolve(root, process.env.SLIPWAY_DATA_DIR ?? '.slipway');
const address = `https://${host}:${port}`;
const askAgainMs = 200;

/** Says the address once it answers. Its certificate is what has just been made: nobody else's is checked. */
function sayWhenReady() {
  const ask = request(`${address}/metadata/endpoints`, { rejectUnauthorized: false }, (answer) => {
    answer.resume();
    console.log(
      `The local cloud answers at ${address}\nIts certificate: ${join(dataDir, 'local-cloud', 'certificate.pem')}`,
    );
  });
  ask.once('error', () => setTimeout(sayWhenReady, askAgainMs).unref());
  ask.end();
}

async function main() {
  await ensureInstalled();
  sayWhenReady();
  const env = toolEnvironment({ SLIPWAY_DATA_DIR: dataDir });
  process.exit(await run(node24, [join(root, 'apps', 'local-cloud', 'src', 'server.ts')], { env }));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
