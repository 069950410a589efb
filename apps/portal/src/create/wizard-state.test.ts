import { describe, expect, test } from 'vitest';
import { emptyDraft } from './draft.ts';
import { allErrors, ruleErrors } from './field-errors.ts';
import { completeDraft } from './wizard.test-support.ts';
import { type WizardAction, openingState, shownErrors, stepStatus, wizardReducer } from './wizard-state.ts';

const after = (...actions: WizardAction[]) => actions.reduce(wizardReducer, openingState());
const complete: WizardAction = { type: 'changed', draft: completeDraft };

describe('errors', () => {
  test('do not show before their field was left', () => {
    const state = openingState();
    const errors = ruleErrors(state.draft);
    expect(shownErrors(state, errors)).toEqual({});
    const left = wizardReducer(state, { type: 'left', path: 'basics.serviceName' });
    expect(Object.keys(shownErrors(left, errors))).toEqual(['basics.serviceName']);
  });

  test('all show for a step whose OK was pressed', () => {
    const state = after({ type: 'confirmed', step: 'basics', valid: false });
    expect(Object.keys(shownErrors(state, ruleErrors(emptyDraft))).toSorted()).toEqual([
      'basics.region',
      'basics.resourceGroup.name',
      'basics.serviceName',
      'basics.subscriptionId',
    ]);
  });

  test('of the API show at their fields until a value changes', () => {
    const refused: WizardAction = {
      type: 'refused',
      fields: [
        { path: 'agent.machineSize', message: 'Sold out.' },
        { path: 'requestId', message: 'Not a field.' },
      ],
    };
    const state = after(complete, refused);
    expect(shownErrors(state, {})).toEqual({ 'agent.machineSize': 'Sold out.' });
    expect(shownErrors(wizardReducer(state, { type: 'changed', draft: { ...completeDraft } }), {})).toEqual(
      {},
    );
  });
});

describe('the badge of a step', () => {
  const errors = allErrors(completeDraft, {});

  test('is its number until OK was pressed, then a tick', () => {
    expect(stepStatus(after(complete), errors, 'master')).toBe('todo');
    const confirmed = after(complete, { type: 'confirmed', step: 'master', valid: true });
    expect(stepStatus(confirmed, errors, 'master')).toBe('valid');
  });

  test('is a cross once a shown value is wrong again', () => {
    const confirmed = after(complete, { type: 'confirmed', step: 'master', valid: true });
    expect(stepStatus(confirmed, { 'master.dnsPrefix': 'Taken.' }, 'master')).toBe('error');
    expect(stepStatus(confirmed, { 'master.dnsPrefix': 'Taken.' }, 'basics')).toBe('todo');
  });

  test('is a cross where ARM refused a value of the step', () => {
    const state = after(complete, {
      type: 'refused',
      fields: [{ path: 'agent.count', message: 'Too many.' }],
    });
    expect(stepStatus(state, errors, 'agent')).toBe('error');
  });
});

describe('a restored draft', () => {
  test('has its ticks and no changes yet', () => {
    const state = openingState({ draft: completeDraft, confirmed: ['basics'] });
    expect(stepStatus(state, {}, 'basics')).toBe('valid');
    expect(state.changed).toBe(false);
    expect(wizardReducer(state, complete).changed).toBe(true);
  });
});

test('what a link brings shows its errors at once, what it does not bring shows none', () => {
  const draft = { ...emptyDraft, basics: { ...emptyDraft.basics, region: 'mars' } };
  const errors = { 'basics.region': 'Not offered.', 'basics.serviceName': 'Enter a name.' };
  expect(shownErrors(openingState({ draft, confirmed: [] }, true), errors)).toEqual({
    'basics.region': 'Not offered.',
  });
  expect(shownErrors(openingState({ draft, confirmed: [] }), errors)).toEqual({});
});
