import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useReducer, useRef } from 'react';
import { useSubscriptions } from '../api/subscriptions.ts';
import { withSuggestions } from './suggestions.ts';
import type { Draft } from './draft.ts';
import { type StoredDraft, discardDraft, saveDraft, saveSubmission } from './draft-storage.ts';
import { allErrors } from './field-errors.ts';
import { type FieldPath, fieldElementId } from './fields.ts';
import { awaitNoSubmission } from './awaited-submission.ts';
import type { Submission } from './submission.ts';
import { useCloudFacts } from './use-cloud-facts.ts';
import { useSubmission } from './use-submission.ts';
import type { Wizard } from './wizard-context.ts';
import { openingState, shownErrors, wizardReducer } from './wizard-state.ts';
import type { FormStep, WizardStep } from './wizard-steps.ts';

const route = getRouteApi('/create');

/** Makes the wizard of one visit, from a kept draft or empty, and keeps its draft in this browser from then on. */
export function useNewWizard(
  kept: StoredDraft | undefined,
  isFromLink: boolean,
): {
  wizard: Wizard;
  /** Whether leaving now would leave changes behind. */
  hasChanges: () => boolean;
  discard: () => void;
} {
  const navigate = route.useNavigate();
  const [state, dispatch] = useReducer(wizardReducer, undefined, () => openingState(kept, isFromLink));
  const draft = withSuggestions(state.draft, useSubscriptions().data);
  const known = useCloudFacts(draft);
  const lastSubmission = useRef<Submission | undefined>(kept?.submission);
  const closed = useRef(false);

  const { changed, confirmed } = state;
  useEffect(() => {
    if (changed && !closed.current) keepDraft(state.draft, confirmed, lastSubmission.current);
  }, [changed, state.draft, confirmed]);

  const close = (): void => {
    closed.current = true;
    discardDraft(localStorage);
    awaitNoSubmission(sessionStorage);
  };
  const submission = useSubmission({
    kept: kept?.submission,
    onSent: (next) => {
      lastSubmission.current = next;
      keepDraft(state.draft, confirmed, next);
    },
    onRefused: ({ fields }, next) => {
      lastSubmission.current = next;
      saveSubmission(localStorage, next);
      dispatch({ type: 'refused', fields });
    },
    onCreated: close,
  });
  // What is being created is in its own way: its name, its group and its addresses are taken, by itself.
  const isSubmitted = submission.state.phase === 'sending' || submission.state.phase === 'looking';
  const facts = isSubmitted ? {} : known;
  const errors = allErrors(draft, facts);
  const wizard: Wizard = {
    state,
    draft,
    facts,
    errors,
    shown: shownErrors(state, errors),
    submission,
    dispatch,
    changeBasics: (values) =>
      dispatch({ type: 'changed', draft: { ...draft, basics: { ...draft.basics, ...values } } }),
    changeMaster: (values) =>
      dispatch({ type: 'changed', draft: { ...draft, master: { ...draft.master, ...values } } }),
    changeAgent: (values) =>
      dispatch({ type: 'changed', draft: { ...draft, agent: { ...draft.agent, ...values } } }),
    changeNetwork: (values) =>
      dispatch({ type: 'changed', draft: { ...draft, network: { ...draft.network, ...values } } }),
    changeTags: (tags) => dispatch({ type: 'changed', draft: { ...draft, tags } }),
    open: (step, field) => void openBlade(navigate, step, field),
  };
  return { wizard, hasChanges: () => (changed || isSubmitted) && !closed.current, discard: close };
}

function keepDraft(draft: Draft, confirmed: ReadonlySet<FormStep>, submission: Submission | undefined): void {
  saveDraft(localStorage, {
    savedAt: Date.now(),
    draft,
    confirmed: [...confirmed],
    ...(submission ? { submission } : {}),
  });
}

async function openBlade(
  navigate: ReturnType<typeof route.useNavigate>,
  step: WizardStep,
  field: FieldPath | undefined,
): Promise<void> {
  await navigate({ search: { step } });
  if (field) document.getElementById(fieldElementId(field))?.focus();
}
