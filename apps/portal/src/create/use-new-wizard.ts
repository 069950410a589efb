import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useReducer, useRef } from 'react';
import { useSubscriptions } from '../api/subscriptions.ts';
import { withSuggestions } from './suggestions.ts';
import { type StoredDraft, discardDraft, saveDraft } from './draft-storage.ts';
import { allErrors } from './field-errors.ts';
import { type FieldPath, fieldElementId } from './fields.ts';
import type { Submission } from './submission.ts';
import { useCloudFacts } from './use-cloud-facts.ts';
import type { Wizard } from './wizard-context.ts';
import { openingState, shownErrors, wizardReducer } from './wizard-state.ts';
import type { WizardStep } from './wizard-steps.ts';

const route = getRouteApi('/create');

/** Makes the wizard of one visit, from a kept draft or empty, and keeps its draft in this browser from then on. */
export function useNewWizard(kept: StoredDraft | undefined): {
  wizard: Wizard;
  /** Whether leaving now would leave changes behind. */
  hasChanges: () => boolean;
  discard: () => void;
} {
  const navigate = route.useNavigate();
  const [state, dispatch] = useReducer(wizardReducer, kept, openingState);
  const draft = withSuggestions(state.draft, useSubscriptions().data);
  const facts = useCloudFacts(draft);
  const submission = useRef<Submission | undefined>(kept?.submission);
  const closed = useRef(false);

  const { changed, confirmed } = state;
  useEffect(() => {
    if (!changed || closed.current) return;
    saveDraft(localStorage, {
      savedAt: Date.now(),
      draft: state.draft,
      confirmed: [...confirmed],
      ...(submission.current ? { submission: submission.current } : {}),
    });
  }, [changed, state.draft, confirmed]);

  const close = (): void => {
    closed.current = true;
    discardDraft(localStorage);
  };
  const errors = allErrors(draft, facts);
  const wizard: Wizard = {
    state,
    draft,
    facts,
    errors,
    shown: shownErrors(state, errors),
    submission: {
      last: () => submission.current,
      keep: (next) => {
        submission.current = next;
        dispatch({ type: 'submitted' });
      },
    },
    dispatch,
    changeBasics: (values) =>
      dispatch({ type: 'changed', draft: { ...draft, basics: { ...draft.basics, ...values } } }),
    changeMaster: (values) =>
      dispatch({ type: 'changed', draft: { ...draft, master: { ...draft.master, ...values } } }),
    changeAgent: (values) =>
      dispatch({ type: 'changed', draft: { ...draft, agent: { ...draft.agent, ...values } } }),
    open: (step, field) => void openBlade(navigate, step, field),
    finish: close,
  };
  return { wizard, hasChanges: () => changed && !closed.current, discard: close };
}

async function openBlade(
  navigate: ReturnType<typeof route.useNavigate>,
  step: WizardStep,
  field: FieldPath | undefined,
): Promise<void> {
  await navigate({ search: { step } });
  if (field) document.getElementById(fieldElementId(field))?.focus();
}
