import { lazy } from 'react';
import { patiently } from '../api/page-code.ts';

const searchPanel = patiently(() => import('../search/search-panel.tsx'));
const shortcutsDialog = patiently(() => import('../shortcuts/shortcuts-dialog.tsx'));

/** Parts of the shell whose code comes when they are wanted, or when there is nothing else to do. */
export const SearchPanel = lazy(async () => ({ default: (await searchPanel()).SearchPanel }));
export const ShortcutsDialog = lazy(async () => ({ default: (await shortcutsDialog()).ShortcutsDialog }));

/** Loads the code of these parts ahead of time: they then open also while the line to the server is cut. */
export async function preloadParts(): Promise<void> {
  await Promise.allSettled([searchPanel(), shortcutsDialog()]);
}
