import type { FieldError } from '@slipway/contract';
import { type Draft, emptyDraft } from './draft.ts';
import type { FieldErrors } from './field-errors.ts';
import { type FieldPath, fieldOfPath, fieldPaths, fieldsOf } from './fields.ts';
import { type FormStep, formSteps } from './wizard-steps.ts';

/** Everything the wizard remembers between two key strokes. */
export interface WizardState {
  draft: Draft;
  /** Fields whose errors show: left once, or asked for by OK. */
  touched: ReadonlySet<FieldPath>;
  /** Blades that were closed with OK. */
  confirmed: ReadonlySet<FormStep>;
  /** What the API or ARM said about the present values. */
  refused: FieldErrors;
  /** Whether anything was changed since the wizard opened. */
  changed: boolean;
}

export type WizardAction =
  | { type: 'changed'; draft: Draft }
  | { type: 'left'; path: FieldPath }
  | { type: 'confirmed'; step: FormStep; valid: boolean }
  | { type: 'refused'; fields: readonly FieldError[] }
  | { type: 'everythingAskedFor' };

/**
 * The state at the wizard's opening, with a kept draft or without. Of what a link brings the errors show at once: nobody
 * is still typing it.
 */
export function openingState(
  kept?: { draft: Draft; confirmed: readonly FormStep[] },
  isFromLink = false,
): WizardState {
  const confirmed = new Set(kept?.confirmed);
  const given = kept && isFromLink ? fieldPaths.filter((path) => isGiven(kept.draft, path)) : [];
  return {
    draft: kept?.draft ?? emptyDraft,
    touched: new Set([...[...confirmed].flatMap(fieldsOf), ...given]),
    confirmed,
    refused: {},
    changed: false,
  };
}

/** Whether a draft has another value than an empty one. */
const isGiven = (draft: Draft, path: FieldPath): boolean =>
  JSON.stringify(valueAt(draft, path)) !== JSON.stringify(valueAt(emptyDraft, path));

const valueAt = (draft: Draft, path: FieldPath): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, name) => new Map(Object.entries(typeof value === 'object' && value ? value : {})).get(name),
      draft,
    );

export function wizardReducer(state: WizardState, action: WizardAction): WizardState {
  switch (action.type) {
    case 'changed':
      // What was refused may come from values together (a name in a group, a size and a number of machines), so any
      // change takes it back until the next validation.
      return { ...state, draft: action.draft, refused: {}, changed: true };
    case 'left':
      return state.touched.has(action.path)
        ? state
        : { ...state, touched: new Set(state.touched).add(action.path) };
    case 'confirmed': {
      const confirmed = new Set(state.confirmed);
      if (action.valid) confirmed.add(action.step);
      else confirmed.delete(action.step);
      return { ...state, confirmed, touched: new Set([...state.touched, ...fieldsOf(action.step)]) };
    }
    case 'refused':
      return { ...state, refused: refusals(action.fields) };
    case 'everythingAskedFor':
      return { ...state, touched: new Set(formSteps.flatMap(fieldsOf)) };
  }
}

function refusals(fields: readonly FieldError[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of fields) {
    const field = fieldOfPath(path);
    if (field) errors[field] = errors[field] ? `${errors[field]} ${message}` : message;
  }
  return errors;
}

/** The errors that show at the fields: those of touched fields, and what was refused. */
export function shownErrors(state: WizardState, errors: FieldErrors): FieldErrors {
  const own = Object.fromEntries(
    Object.entries(errors).filter(([path]) => [...state.touched].some((touched) => touched === path)),
  );
  return { ...state.refused, ...own };
}

export type StepStatus = 'todo' | 'valid' | 'error';

/** A step's badge: a cross when one of its fields shows an error, a tick when it was closed with OK and holds. */
export function stepStatus(state: WizardState, errors: FieldErrors, step: FormStep): StepStatus {
  const shown = shownErrors(state, errors);
  if (fieldsOf(step).some((path) => shown[path] !== undefined)) return 'error';
  const holds = fieldsOf(step).every((path) => errors[path] === undefined);
  return holds && state.confirmed.has(step) ? 'valid' : 'todo';
}
