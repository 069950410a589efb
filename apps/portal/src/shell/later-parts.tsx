import { lazy } from 'react';
import { patiently } from '../api/page-code.ts';

const searchPanel = patiently(() => import('../search/search-panel.tsx'));
const cloudProblem = patiently(() => import('./cloud-problem.tsx'));
const cloudPreparation = patiently(() => import('./cloud-preparation.tsx'));
const signInPage = patiently(() => import('../sign-in/sign-in-page.tsx'));
const shortcutsDialog = patiently(() => import('../shortcuts/shortcuts-dialog.tsx'));

/** Parts of the shell whose code comes when they are wanted, or when there is nothing else to do; see `loadCodeAhead`. */
export const SearchPanel = lazy(async () => ({ default: (await searchPanel()).SearchPanel }));
export const ShortcutsDialog = lazy(async () => ({ default: (await shortcutsDialog()).ShortcutsDialog }));
export const SignInPage = lazy(async () => ({ default: (await signInPage()).SignInPage }));
export const CloudProblem = lazy(async () => ({ default: (await cloudProblem()).CloudProblem }));
export const CloudPreparation = lazy(async () => ({
  default: (await cloudPreparation()).CloudPreparation,
}));
