import { canonicalJson } from '../json-text.ts';
import { toDynamic } from './conversions.ts';
import type { ScalarType, Value } from './scalar-types.ts';
import type { WorkBudget } from './work-budget.ts';

/** A text that equal values of a type share, and no others. */
export function keyOf(value: Value, type: ScalarType, budget: WorkBudget): string {
  const key = canonicalJson(toDynamic(value, type));
  budget.spendOnText(key.length);
  return key;
}

/** A text that rows share whose values are equal in turn, and no others. */
export function keyOfAll(values: readonly Value[], types: readonly ScalarType[], budget: WorkBudget): string {
  return values.map((value, index) => keyOf(value, types[index] ?? 'dynamic', budget)).join(',');
}
