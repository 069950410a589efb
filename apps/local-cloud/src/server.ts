import { startLocalCloud } from './local-cloud.ts';
import { readSettings } from './settings.ts';

/** So long may requests that are under way take when there is nobody to end this process by force. */
const graceMs = 5_000;

/** Before there is a cloud there is nothing to end with grace. */
const endAtOnce = (): void => process.exit(1);

async function main(): Promise<void> {
  let end = endAtOnce;
  const endAlone = (): void => {
    setTimeout(() => process.exit(1), graceMs).unref();
    end();
  };
  // Whoever started this process has died: nobody else would end it. That can have been before it could be told.
  if ('connected' in process && !process.connected) endAlone();
  process.once('disconnect', endAlone);
  const cloud = await startLocalCloud(readSettings(process.env), {
    say: (line) => process.stdout.write(`${line}\n`),
  });
  end = () => {
    void cloud.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
