/** A machine's power in a word, where it is worth a word: not while it runs. */
export function powerWord(power: string | undefined): string | undefined {
  if (power === undefined || power === 'running') return undefined;
  return power.charAt(0).toUpperCase() + power.slice(1);
}
