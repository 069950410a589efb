import { describe, expect, it } from 'vitest';
import { conformanceFolder, conformanceTitle } from './conformance.test-support.ts';
import { judgeExpansions } from './expansion-cases.test-support.ts';

describe.skipIf(conformanceFolder === undefined)(
  conformanceTitle('templates expand as PSRule expands them'),
  () => {
    const cases = judgeExpansions();

    it('has the cases', () => {
      expect(cases.length).toBeGreaterThan(150);
    });

    it.each(cases.filter(({ evidence }) => evidence === undefined))('$title: $id', ({ fault }) => {
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
