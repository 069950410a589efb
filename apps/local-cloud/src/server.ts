import { startLocalCloud } from './local-cloud.ts';
import { readSettings } from './settings.ts';

/** So long may requests that are under way take when there is nobody to end this process by force. */
const graceMs = 5_000;

async function main(): Promise<void> {
  const cloud = await startLocalCloud(readSettings(process.env), {
    say: (line) => process.stdout.write(`${line}\n`),
  });
  const end = (): void => {
    void cloud.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // Whoever started this process has died: nobody else would end it.
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), graceMs).unref();
    end();
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
