import { createContext, use } from 'react';
import type { Draft } from './draft.ts';
import type { CloudFacts, FieldErrors } from './field-errors.ts';
import type { FieldPath } from './fields.ts';
import type { SubmissionControl } from './use-submission.ts';
import type { WizardAction, WizardState } from './wizard-state.ts';
import type { WizardStep } from './wizard-steps.ts';

export interface Wizard {
  state: WizardState;
  /** The draft with what the wizard suggests where nothing was chosen yet. */
  draft: Draft;
  facts: CloudFacts;
  /** All errors, whether they show already or not. */
  errors: FieldErrors;
  /** The errors that show. */
  shown: FieldErrors;
  submission: SubmissionControl;
  dispatch: (action: WizardAction) => void;
  changeBasics: (values: Partial<Draft['basics']>) => void;
  changeMaster: (values: Partial<Draft['master']>) => void;
  changeAgent: (values: Partial<Draft['agent']>) => void;
  changeNetwork: (values: Partial<Draft['network']>) => void;
  changeTags: (tags: Draft['tags']) => void;
  /** Opens a blade; with a field, the focus goes there. */
  open: (step: WizardStep, field?: FieldPath) => void;
}

export const WizardContext = createContext<Wizard | undefined>(undefined);

/** The wizard that the blades and fields belong to. */
export function useWizard(): Wizard {
  const wizard = use(WizardContext);
  if (!wizard) throw new Error('A part of the wizard was drawn outside of it.');
  return wizard;
}
