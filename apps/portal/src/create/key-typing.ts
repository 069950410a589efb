const starts = ['ssh-', 'ecdsa-', 'sk-'];

/** No text that is held back is longer. */
export const longestHeld = Math.max(...starts.map((start) => start.length)) - 1;

/**
 * What is typed on after a private key was taken out of the field may be the rest of it: without its first line nothing
 * gives it away. So it is held back, out of the field and the draft, until it begins as a public key does.
 *
 * @param held what was held back so far
 * @param typed what came since
 * @returns the text that belongs in the field, or what is held back now: what may be the beginning of a public key
 */
export function typedOn(held: string, typed: string): { text: string } | { held: string } {
  for (let rest = held + typed; rest !== ''; rest = rest.slice(1)) {
    if (starts.some((start) => rest.startsWith(start))) return { text: rest };
    if (starts.some((start) => start.startsWith(rest))) return { held: rest };
  }
  return { held: '' };
}
