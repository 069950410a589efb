import { plainText } from '../plain-text.ts';
import type { WalkStep } from './walk-step.ts';

/** A text that Markdown shows as it is. */
const markdownText = (text: string): string =>
  plainText(text)
    .replaceAll(/[\\`*_[\]<>#|~&$]/g, (character) => `\\${character}`)
    .replace(/^([-+=]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? start : `\\${start}`))
    .replace(/^(\d+)([.)])/, '$1\\$2');

/** The whole walk as a Markdown page, to be read, printed or passed on. */
export function walkAsText(steps: readonly WalkStep[], title: string): string {
  const parts = steps.map(({ title: name, what, why, without, name: meaning }, index) =>
    [
      `## ${index + 1}. ${markdownText(name)}`,
      markdownText(what),
      `**Why it is there.** ${markdownText(why)}`,
      ...(meaning === undefined ? [] : [`**What its name means.** ${markdownText(meaning)}`]),
      `**What would break.** ${markdownText(without)}`,
    ].join('\n\n'),
  );
  return `${[`# ${markdownText(title)}`, ...parts].join('\n\n')}\n`;
}
