import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

const note = new URL('expected/browser.txt', import.meta.url);

/** What decides how letters and edges are drawn: the system, and the browser's major version. */
const drawnBy = (browser: Browser): string =>
  `Chromium ${browser.version().split('.')[0] ?? ''} on ${process.platform}\n`;

/** Keeps beside the pictures what they were made with. */
export const noteBrowser = (browser: Browser): void => writeFileSync(note, drawnBy(browser));

/**
 * Another browser draws every page a little differently, which says nothing about the portal. Returns what to do about
 * it, or nothing where this is the browser of the pictures.
 */
export function differenceInWords(browser: Browser): string | undefined {
  const [theirs, ours] = [readFileSync(note, 'utf8'), drawnBy(browser)];
  if (theirs === ours) return undefined;
  return (
    `The expected pictures were made by ${theirs.trim()}, and this is ${ours.trim()}: they are not compared. ` +
    'To compare with this browser, look at the pages, then make the pictures anew with `npm run looks:update`.'
  );
}
