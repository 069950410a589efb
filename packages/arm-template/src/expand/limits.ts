import { TemplateError } from '../template-error.ts';

/**
 * Azure's limits of one template (AZURE-FACTS, "Limits"). How many existing resources may be named Azure does not say:
 * that bound is our own.
 */
const LIMITS = {
  parameters: 256,
  variables: 256,
  outputs: 64,
  resources: 800,
  'existing resources': 800,
} as const;

/** Refuses a template that has more of something than Azure takes. */
export function checkLimit(what: keyof typeof LIMITS, actual: number): void {
  const limit = LIMITS[what];
  if (actual <= limit) return;
  throw new TemplateError(
    'InvalidTemplate',
    `The number of template ${what} limit exceeded. Limit: '${String(limit)}' and actual: '${String(actual)}'. Please see https://aka.ms/arm-template/#${what.replace(/^.* /, '')} for usage details.`,
    { path: what },
  );
}
