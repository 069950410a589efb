import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { launchOptions } from './chromium.ts';

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

export default defineConfig({
  testDir: '.',
  projects: [
    // The story in machines/ needs a Docker Engine and has a configuration of its own: `npm run test:machines`.
    { name: 'tests', testIgnore: ['pictures/**', 'machines/**'] },
    // Makes the pictures of the documents: `npm run pictures`.
    { name: 'pictures', testMatch: 'pictures/**' },
  ],
  outputDir: '../test-results',
  fullyParallel: true,
  // One more than the two processors that there may be: many tests wait for a clock.
  workers: 3,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 90_000,
  expect: { timeout: 15_000 },
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
      SLIPWAY_CLOUD: 'local',
    },
  },
});
