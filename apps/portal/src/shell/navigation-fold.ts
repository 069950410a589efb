import { keptChoice } from '../components/kept-choice.ts';

/**
 * Whether the navigation shows words or icons only, where there is room for words; `auto`, until somebody chooses, is
 * what leaves the page enough room.
 */
export const navigationFold = keptChoice('slipway.navigation', ['auto', 'open', 'folded'], 'auto');
