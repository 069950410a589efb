/**
 * What an operation is about for those who read the log: tags and locks have no pages of their own, it is about what
 * carries them.
 */
export const scopeOfOperation = (resourceId: string): string =>
  resourceId.replace(/\/providers\/Microsoft\.(?:Authorization\/locks|Resources\/tags)\/[^/]+$/i, '');
