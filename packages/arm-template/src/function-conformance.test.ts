import { describe, expect, it } from 'vitest';
import { conformanceFolder, conformanceTitle } from './conformance.test-support.ts';
import { judgeFunctions } from './function-cases.test-support.ts';

describe.skipIf(conformanceFolder === undefined)(
  conformanceTitle('template functions answer as Azure does'),
  () => {
    const cases = judgeFunctions();

    it('has the cases', () => {
      expect(cases.length).toBeGreaterThan(600);
    });

    it.each(cases.filter(({ evidence }) => evidence === undefined))('$id $title', ({ fault }) => {
      expect(fault).toBeUndefined();
    });

    it.each(cases.filter(({ evidence }) => evidence !== undefined))(
      '$id is wrong: $evidence',
      ({ fault }) => {
        expect(fault).toBeDefined();
      },
    );
  },
);
