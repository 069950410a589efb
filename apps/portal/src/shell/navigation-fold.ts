import { keptChoice } from '../components/kept-choice.ts';

/** Whether the navigation shows words or icons only, where there is room for words. */
export const navigationFold = keptChoice('slipway.navigation', ['open', 'folded'], 'open');
