import { type ClusterChanges, updatedDeploymentParameters } from '@slipway/cluster';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Stack, StackRequest } from '../arm/stacks.ts';

const declarationsSchema = z.object({
  parameters: z.record(z.string(), z.looseObject({ type: z.string().optional() })).default({}),
});

/**
 * The values that a stack was given, with these changes. ARM never returns secure ones: where the template takes one, or
 * needs a value that the stack does not hold, the cluster cannot be deployed from here; a default would be a guess.
 *
 * @throws ApiError `ValuesMissing`; `ValidationFailed` with the fields where its template does not take a change
 */
export function storedParameters(
  stack: Stack,
  template: Record<string, unknown>,
  changes: ClusterChanges = {},
): StackRequest['parameters'] {
  const stored = Object.fromEntries(
    Object.entries(stack.parameters)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, { value }]),
  );
  const known = new Set(Object.keys(stored).map((name) => name.toLowerCase()));
  const reading = declarationsSchema.safeParse(template);
  const declared = reading.success ? reading.data.parameters : {};
  refuseUntaken(stack, Object.keys(declared), changes);
  const missing = Object.entries(declared)
    .filter(([name]) => !known.has(name.toLowerCase()))
    .filter(([, { type, ...rest }]) => /^secure/i.test(type ?? '') || !('defaultValue' in rest))
    .map(([name]) => name);
  try {
    if (missing.length > 0) throw new Error(`The stack does not tell ${missing.join(', ')}.`);
    return updatedDeploymentParameters(stored, changes);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : '';
    throw new ApiError('ValuesMissing', `${stack.name} cannot be deployed again from here. ${reason}`, {
      cause: thrown,
    });
  }
}

function refuseUntaken(stack: Stack, taken: readonly string[], changes: ClusterChanges): void {
  const untaken = Object.keys(changes).filter((name) => !taken.includes(name));
  if (untaken.length === 0) return;
  const message = `The template that ${stack.name} was deployed with has no parameter ${untaken.join(' and ')}: it is changed where that template is kept.`;
  throw new ApiError('ValidationFailed', message, { fields: untaken.map((path) => ({ path, message })) });
}
