import { describe, expect, test } from 'vitest';
import { specFromDraft } from './draft.ts';
import { awaitNoSubmission, awaitSubmission, isAwaited } from './awaited-submission.ts';
import { readDraft, saveDraft, saveSubmission } from './draft-storage.ts';
import { specOf, submissionOf } from './submission.ts';
import { completeDraft, memoryStorage } from './wizard.test-support.ts';

const spec = specFromDraft(completeDraft)!;

describe('a submission', () => {
  test('keeps its id when the same spec is sent again', () => {
    const first = submissionOf(spec, undefined, () => 'one');
    expect(submissionOf(structuredClone(spec), first, () => 'two').requestId).toBe('one');
  });

  test('gets another id with another spec', () => {
    const first = submissionOf(spec, undefined, () => 'one');
    const other = { ...spec, agent: { ...spec.agent, count: 4 } };
    expect(submissionOf(other, first, () => 'two').requestId).toBe('two');
  });
});

describe('what was submitted', () => {
  test('comes back from storage as the spec that it was', () => {
    const submission = submissionOf(spec, undefined, () => 'one');
    expect(specOf(submission)).toEqual(spec);
    expect(specOf({ ...submission, spec: '{"of":"another version"}' })).toBeUndefined();
    expect(specOf({ ...submission, spec: 'no JSON' })).toBeUndefined();
  });

  test('is awaited by the tab that sent it, until there is an answer', () => {
    const tab = memoryStorage();
    expect(isAwaited(tab, 'one')).toBe(false);
    awaitSubmission(tab, 'one');
    expect(isAwaited(tab, 'one')).toBe(true);
    expect(isAwaited(tab, 'two')).toBe(false);
    awaitNoSubmission(tab);
    expect(isAwaited(tab, 'one')).toBe(false);
  });

  test('is kept with the draft, and its answer changes nothing else of it', () => {
    const storage = memoryStorage();
    const requestId = '11111111-2222-4333-8444-555555555555';
    const submission = { ...submissionOf(spec, undefined, () => requestId), sentAt: 5 };
    saveDraft(storage, { savedAt: 1, draft: completeDraft, confirmed: ['basics'], submission });
    expect(readDraft(storage)?.submission).toEqual(submission);
    saveSubmission(storage, { requestId, spec: submission.spec });
    expect(readDraft(storage)).toEqual({
      version: 1,
      savedAt: 1,
      draft: completeDraft,
      confirmed: ['basics'],
      submission: { requestId, spec: submission.spec },
    });
  });

  test('brings no draft back that was discarded meanwhile', () => {
    const storage = memoryStorage();
    saveSubmission(
      storage,
      submissionOf(spec, undefined, () => 'one'),
    );
    expect(readDraft(storage)).toBeUndefined();
  });
});
