import type { TemplateLimits } from '../expansion.ts';
import { MAXIMUM_COPY_COUNT } from '../expression/copy-count.ts';
import { MAXIMUM_EXPANSION_STEPS } from '../expression/bounds.ts';
import { TemplateError } from '../template-error.ts';

/** Azure's limits of one template (AZURE-FACTS, "Limits"), and our own of how long its expansion may take. */
export const azureLimits: TemplateLimits = {
  parameters: 256,
  variables: 256,
  outputs: 64,
  resources: 800,
  copyCount: MAXIMUM_COPY_COUNT,
  steps: MAXIMUM_EXPANSION_STEPS,
};

/** Refuses a template that has more of something than it may. */
export function checkLimit(
  what: 'parameters' | 'variables' | 'outputs' | 'resources' | 'existing resources',
  actual: number,
  limits: TemplateLimits,
): void {
  // How many existing resources may be named Azure does not say.
  const limit = what === 'existing resources' ? limits.resources : limits[what];
  if (actual <= limit) return;
  throw new TemplateError(
    'InvalidTemplate',
    `The number of template ${what} limit exceeded. Limit: '${String(limit)}' and actual: '${String(actual)}'. Please see https://aka.ms/arm-template/#${what.replace(/^.* /, '')} for usage details.`,
    { path: what },
  );
}
