import { lazy } from 'react';
import { patiently } from '../api/page-code.ts';

const masterBlade = patiently(() => import('./master-blade.tsx'));
const agentBlade = patiently(() => import('./agent-blade.tsx'));
const summaryBlade = patiently(() => import('./summary-blade.tsx'));
const leaveQuestion = patiently(() => import('./leave-question.tsx'));
const prefillQuestion = patiently(() => import('./prefill-question.tsx'));

/** The blades after the first, whose code comes while that one is filled in. */
export const MasterBlade = lazy(async () => ({ default: (await masterBlade()).MasterBlade }));
export const AgentBlade = lazy(async () => ({ default: (await agentBlade()).AgentBlade }));
export const SummaryBlade = lazy(async () => ({ default: (await summaryBlade()).SummaryBlade }));

/** Asked only where a link meets a draft. */
export const PrefillQuestion = lazy(async () => ({ default: (await prefillQuestion()).PrefillQuestion }));

/** Asked when the wizard is left with changes. */
export const LeaveQuestion = lazy(async () => ({ default: (await leaveQuestion()).LeaveQuestion }));

/** Loads the blades, one after the other: whoever fills in the wizard needs them, on a slow line, too. */
export async function loadBlades(): Promise<void> {
  await masterBlade();
  await agentBlade();
  await summaryBlade();
  await leaveQuestion();
}
