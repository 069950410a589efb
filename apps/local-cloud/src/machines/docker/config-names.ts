/** Longest piece of a resource's name that goes into a configuration. */
const longestName = 48;

/**
 * A resource's name or id as a word that means nothing to any configuration language: only ASCII letters, digits, `.`,
 * `_` and `-`, the last 48 of them. Different names can become the same word.
 */
export function safeName(text: string): string {
  const word = lastSegment(text)
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .slice(-longestName);
  return word === '' ? '_' : word;
}

function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
