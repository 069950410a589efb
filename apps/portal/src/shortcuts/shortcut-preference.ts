import { keptChoice } from '../components/kept-choice.ts';

/** Whether keys without Ctrl or Command are shortcuts: they are in the way of some who speak to their computer. */
export const shortcutPreference = keptChoice('slipway.shortcuts', ['on', 'off'], 'on');
