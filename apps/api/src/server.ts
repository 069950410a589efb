import { SettingsError, buildApp, readSettings } from './app.ts';
import type { Settings } from './app.ts';

/** So long may requests that are under way take when there is nobody to end this process by force. */
const graceMs = 5_000;

/** Before there is an app there is nothing to end with grace. */
const endAtOnce = (): void => process.exit(1);

/** Starts the backend: settings, listening, and an end with grace. */
async function start(settings: Settings): Promise<void> {
  let stop = endAtOnce;
  const stopAlone = () => {
    setTimeout(() => process.exit(1), graceMs).unref();
    stop();
  };
  // Whoever started this process has died: nobody else would end it. That can have been before it could be told.
  if ('connected' in process && !process.connected) stopAlone();
  process.once('disconnect', stopAlone);
  const app = await buildApp({ settings });
  stop = () => {
    void app.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await app.listen({ host: settings.host, port: settings.port });
}

try {
  await start(readSettings(process.env));
} catch (thrown) {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (thrown instanceof SettingsError) console.error(thrown.message);
  else if (code === 'EADDRINUSE')
    console.error(
      `The port ${process.env['SLIPWAY_PORT'] ?? '8080'} is in use: set SLIPWAY_PORT to another one.`,
    );
  else console.error(thrown);
  process.exit(1);
}
