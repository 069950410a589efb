import { checkOutcomes } from '@slipway/contract';
import { expect, test } from 'vitest';
import { checkAdvice } from './check-advice.ts';

test('a check is followed by what to do, unless all is well', () => {
  for (const kind of ['ssh', 'agents'] as const)
    for (const outcome of checkOutcomes)
      expect(checkAdvice({ kind, port: 80 }, outcome, 5) === '').toBe(outcome === 'answered');
  expect(checkAdvice({ kind: 'agents', port: 8080 }, 'refused', 5)).toBe(
    'Run a service that publishes port 8080 first, step 5.',
  );
  expect(checkAdvice({ kind: 'agents', port: 80 }, 'silent', 4)).toContain('step 4');
  expect(checkAdvice({ kind: 'ssh', port: 22 }, 'refused', 4)).not.toContain('step');
});
