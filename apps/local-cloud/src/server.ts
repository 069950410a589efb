import { startLocalCloud } from './local-cloud.ts';
import { readSettings } from './settings.ts';

async function main(): Promise<void> {
  const cloud = await startLocalCloud(readSettings(process.env));
  const end = (): void => {
    void cloud.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // Whoever started this process has died: nobody else would end it.
  process.once('disconnect', end);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
