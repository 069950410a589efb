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
  let folded = '';
  for (const character of text) {
    const upper = character.toUpperCase();
    folded += upper.length === character.length ? upper : character;
  }
  return folded;
}
