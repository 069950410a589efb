import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

const browsers = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'];
const executablePath = browsers.find((path) => path !== undefined && existsSync(path));
const asRoot = process.getuid?.() === 0;

/** How the tests start a browser: the computer's own, quiet, and without a graphics card. */
export const launchOptions: LaunchOptions = {
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    ...(asRoot ? ['--no-sandbox'] : []),
  ],
};
