import { type Browser, request } from '@playwright/test';
import { startOwnServices } from '../fixtures/own-services.ts';
import type { Stage } from './cluster-life.ts';
import { PortalClient } from './portal-client.ts';

/** What Chromium itself says of answers and lines; everything else on the console is the portal's fault. */
const networkMessage = /^Failed to load resource: |net::ERR_/;

export interface BuiltStage {
  stage: Stage;
  /** What the browser's console said since this was last asked. */
  pageComplaints: () => string[];
  remove: () => Promise<void>;
}

/** Starts services of their own and opens the portal in a fresh browser context. */
export async function buildStage(browser: Browser): Promise<BuiltStage> {
  // That the other service is away is no news here.
  const services = await startOwnServices({ SLIPWAY_LOG_LEVEL: 'fatal' });
  const [context, api] = await Promise.all([
    browser.newContext({ baseURL: services.portal, viewport: { width: 1440, height: 900 } }),
    request.newContext({ baseURL: services.portal }),
  ]);
  const page = await context.newPage();
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    const isBad = message.type() === 'error' || message.type() === 'warning';
    if (isBad && !networkMessage.test(message.text())) said.push(`${message.type()}: ${message.text()}`);
  });
  await page.goto('/');
  return {
    stage: { services, page, client: new PortalClient(api), machineIds: new Set() },
    pageComplaints: () => said.splice(0),
    remove: async () => {
      await Promise.all([context.close(), api.dispose()]);
      await services.remove();
    },
  };
}
