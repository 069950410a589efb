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
 * @throws ApiError `ValuesMissing`
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
  const declared = declarationsSchema.safeParse(template);
  const missing = Object.entries(declared.success ? declared.data.parameters : {})
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
