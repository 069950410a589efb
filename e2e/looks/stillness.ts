import type { Page, Route } from '@playwright/test';

/** When everything in the pictures happened, and what the browser's clock says. */
const happened = '2026-11-02T09:30:00.000Z';
const now = '2026-11-02T10:00:00.000Z';

const moment = /\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Whatever took its time has taken as long. */
const duration = /("durationMs"\s*:\s*)\d+(?:\.\d+)?/g;

/** Hands an answer of the real API on with one moment in place of all that it names. */
async function atOneMoment(route: Route): Promise<void> {
  const response = await route.fetch();
  const text = await response.text();
  await route.fulfill({
    response,
    body: text.replaceAll(moment, happened).replaceAll(duration, (_, name: string) => `${name}12000`),
  });
}

/** What is drawn by chance: ids, and the endings by which deployments are told apart. */
const chances = String.raw`[
  [/\b(?!1{8})[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '00000000-0000-4000-8000-000000000000'],
  [/\b(harbour|quay)-[0-9a-f]{12}\b/g, '$1-0123456789ab'],
]`;

/** Nothing on the page tells when the pictures are taken: its clock stands, and everything happened at one moment. */
export async function standStill(page: Page): Promise<void> {
  await page.clock.setFixedTime(now);
  await page.route('**/api/**', atOneMoment);
}

/** Replaces what chance has drawn by what is always the same. */
export const withoutChance = (page: Page): Promise<unknown> =>
  page.evaluate(`
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      let text = walker.currentNode.data;
      for (const [chance, same] of ${chances}) text = text.replaceAll(chance, same);
      if (text !== walker.currentNode.data) walker.currentNode.data = text;
    }
  `);
