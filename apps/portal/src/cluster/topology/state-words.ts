import type { PieceState } from '@slipway/topology';

/** A machine's power in a word, where it is worth a word: not while it runs. */
export function powerWord(power: string | undefined): string | undefined {
  if (power === undefined || power === 'running') return undefined;
  return power.charAt(0).toUpperCase() + power.slice(1);
}

/** What a piece's state is called, in a word or two. */
export function phaseWords(phase: PieceState['phase']): string {
  switch (phase) {
    case 'planned':
      return 'Planned';
    case 'working':
      return 'In work';
    case 'done':
      return 'Succeeded';
    case 'failed':
      return 'Failed';
    case 'deleting':
      return 'Being deleted';
    case 'deleted':
      return 'Deleted';
  }
}
