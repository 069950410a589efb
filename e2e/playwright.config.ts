import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { launchOptions } from './chromium.ts';
import { endurance } from './fixtures/endurance.ts';

/**
 * Playwright loads this file in several processes; the first one chooses, the others find the choice in the
 * environment. Fresh ports and a fresh folder each run: leftovers of an earlier run do no harm.
 */
function once(name: string, choose: () => string): string {
  return (process.env[name] ??= choose());
}

const randomPort = (from: number): string => String(from + Math.floor(Math.random() * 5_000));
const port = once('SLIPWAY_E2E_PORT', () => randomPort(20_000));
const armPort = once('SLIPWAY_E2E_ARM_PORT', () => randomPort(26_000));
const dataDir = once('SLIPWAY_E2E_DATA_DIR', () => mkdtempSync(join(tmpdir(), 'slipway-e2e-')));

const others = ['pictures/**', 'machines/**', 'looks/**'];
const exhaustive = new RegExp(endurance.tag);

export default defineConfig({
  testDir: '.',
  projects: [
    // The story in machines/ needs a Docker Engine and has a configuration of its own: `npm run test:machines`.
    { name: 'tests', testIgnore: others, grepInvert: exhaustive },
    // What says the same again for other widths, sizes and faults, and what kills at random: `npm run e2e:endurance`.
    { name: 'endurance', testIgnore: others, grep: exhaustive },
    // Makes the pictures of the documents: `npm run pictures`.
    { name: 'pictures', testMatch: 'pictures/**' },
    // Compares what pages look like with the pictures in looks/expected: `npm test`, and `npm run looks:update`.
    {
      name: 'looks',
      testMatch: 'looks/*.spec.ts',
      snapshotPathTemplate: '{testDir}/looks/expected/{arg}{ext}',
      // All share one portal; and a page that has the processors for itself comes to rest soon.
      workers: 1,
      fullyParallel: false,
      use: {
        locale: 'en-GB',
        timezoneId: 'UTC',
        screenshot: 'off',
        launchOptions: {
          ...launchOptions,
          // Letters and colours are drawn as on any other computer, whatever its screen and its settings for fonts.
          args: [
            ...(launchOptions.args ?? []),
            '--font-render-hinting=none',
            '--disable-lcd-text',
            '--disable-font-subpixel-positioning',
            '--force-color-profile=srgb',
            '--force-device-scale-factor=1',
            '--hide-scrollbars',
          ],
        },
      },
    },
  ],
  outputDir: '../test-results',
  fullyParallel: true,
  // One more than the two processors that there may be: many tests wait for a clock.
  workers: 3,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 90_000,
  expect: {
    timeout: 15_000,
    toHaveScreenshot: {
      animations: 'disabled',
      caret: 'hide',
      // The same browser on another Debian smooths an edge here and there a little differently, which `threshold`, how far
      // the colour of one pixel may be off, takes for the same. Of the pixels that are off, no more than a word may be made.
      threshold: 0.1,
      maxDiffPixelRatio: 0.000_3,
    },
  },
  use: {
    baseURL: `http://localhost:${port}`,
    // What cannot be pressed is told at once, not when the whole test's time is over.
    actionTimeout: 60_000,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    // A trace costs every test time and memory: ask for one with `--trace on`.
    trace: 'off',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions,
  },
  webServer: {
    command: 'node ../scripts/start.mjs',
    url: `http://localhost:${port}/api/health`,
    timeout: 180_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: {
      SLIPWAY_PORT: port,
      SLIPWAY_ARM_PORT: armPort,
      SLIPWAY_DATA_DIR: dataDir,
      SLIPWAY_PACE: 'fast',
      // Long enough to be seen at work; most tests only wait for the end of it.
      SLIPWAY_PACE_FACTOR: '0.5',
      SLIPWAY_CLOUD: 'local',
    },
  },
});
