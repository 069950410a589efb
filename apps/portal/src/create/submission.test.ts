import { describe, expect, test } from 'vitest';
import { specFromDraft } from './draft.ts';
import { randomUuid, submissionOf } from './submission.ts';
import { completeDraft } from './wizard.test-support.ts';

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

  test('has a random UUID for its id', () => {
    const ids = Array.from({ length: 50 }, randomUuid);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(50);
  });
});
