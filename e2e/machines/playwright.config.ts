import { defineConfig } from '@playwright/test';
import { launchOptions } from '../chromium.ts';

/** The story on real machines, `npm run test:machines`: steps of one tale, so one after another and none twice. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/machines',
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: { viewport: { width: 1440, height: 900 }, launchOptions },
});
