const culture = new Intl.Collator('en', { sensitivity: 'variant', caseFirst: 'lower' });
const cultureIgnoringCase = new Intl.Collator('en', { sensitivity: 'accent' });

/** Culture order of .NET, in which a < A < b. */
export function compareText(left: string, right: string): number {
  return culture.compare(left, right);
}

/** Culture order in which `a` and `A` are equal: how `items` and `objectKeys` order keys. */
export function compareTextIgnoringCase(left: string, right: string): number {
  return cultureIgnoringCase.compare(left, right);
}

/** Upper case unit by unit, so that offsets stay the same: what an ordinal comparison that ignores case compares. */
export function foldCase(text: string): string {
  // The upper case of ASCII never changes a length.
  if (/^\p{ASCII}*$/u.test(text)) return text.toUpperCase();
  return upperCase(text);
}

/** Changes each character by itself and keeps it where it would become several, as .NET's invariant culture does. */
function eachCharacter(text: string, change: (character: string) => string): string {
  let changed = '';
  for (const character of text) {
    const other = change(character);
    changed += other.length === character.length ? other : character;
  }
  return changed;
}

/** `ß` stays, where JavaScript writes `SS`, and so does the `ı` without a dot, where it writes `I`. */
export function upperCase(text: string): string {
  return eachCharacter(text, (character) => (character === 'ı' ? character : character.toUpperCase()));
}

/** A sigma does not depend on where it stands, as it does in JavaScript. */
export function lowerCase(text: string): string {
  return eachCharacter(text, (character) => character.toLowerCase());
}

const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const SPACE_AT_START = new RegExp(`^${SPACE}+`);
const SPACE_CHARACTER = new RegExp(SPACE);

/** Without .NET's white space at both ends, which is a little other than JavaScript's. */
export function withoutSpace(text: string): string {
  const start = SPACE_AT_START.exec(text)?.[0].length ?? 0;
  let end = text.length;
  while (end > start && SPACE_CHARACTER.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}
