import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

/**
 * The portal asks for the fonts of the person's computer, which costs a phone nothing, and so looks a little different on
 * each. In these pictures the names that it asks for first belong to fonts that the tests bring along: nothing is added
 * to the product, and every computer draws the same letters.
 */
const shipped = [
  { asked: 'Segoe UI', family: 'open-sans', weight: '300 800', subsets: ['latin', 'math', 'symbols'] },
  { asked: 'Consolas', family: 'noto-sans-mono', weight: '100 900', subsets: ['latin'] },
] as const;

const fonts = shipped.flatMap(({ asked, family, weight, subsets }) =>
  subsets.map((subset) => {
    const file = import.meta.resolve(
      `@fontsource-variable/${family}/files/${family}-${subset}-wght-normal.woff2`,
    );
    const ranges = JSON.parse(readFileSync(new URL('../unicode.json', file), 'utf8')) as Record<
      string,
      string
    >;
    const base64 = readFileSync(new URL(file)).toString('base64');
    return { asked, base64, descriptors: { weight, unicodeRange: ranges[subset] } };
  }),
);

/**
 * Gives each document of a page the shipped fonts before its first script runs. As bytes: the portal serves no fonts, and
 * its content security policy, which stays in force, lets a page fetch none from anywhere else.
 */
export const bringFonts = (page: Page): Promise<unknown> =>
  page.addInitScript(`
    for (const { asked, base64, descriptors } of ${JSON.stringify(fonts)}) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      document.fonts.add(new FontFace(asked, bytes, descriptors));
    }
  `);
