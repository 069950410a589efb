import { aggregates, usualListSize, type Accumulator, type BoundAggregate } from './aggregates.ts';
import { asKey, type BoundExpression } from './bound-expression.ts';
import { bindExpression, evaluator, type Scope } from './expressions.ts';
import { bindColumns, checkColumns, scopeOf, type QueryContext } from './operators.ts';
import { queryError } from './query-error.ts';
import { ResultNames } from './result-names.ts';
import { keyOfAll } from './row-keys.ts';
import { valueOf, type Table, type Value } from './scalar-types.ts';
import type { Expression, NamedExpression } from './syntax.ts';

/** An aggregate of a query, with what it is given of each row. */
interface Slot {
  aggregate: BoundAggregate;
  argument: BoundExpression['evaluate'];
}

/** A row per group of rows that have the same values of the keys; without keys one row in all. */
export function summarize(
  table: Table,
  { aggregates: wanted, by }: { aggregates: readonly NamedExpression[]; by: readonly NamedExpression[] },
  context: QueryContext,
): Table {
  const { budget } = context;
  const scope = scopeOf(table, context);
  const names = new ResultNames();
  const keys = bindColumns(by, scope).map(({ name, expression }, index) => ({
    name: names.give(name),
    type: asKey(expression, by[index]?.expression.place ?? endPlace, 'expression that rows are grouped by')
      .type,
    evaluate: evaluator(expression, budget),
  }));
  const slots: Slot[] = [];
  const results = bindColumns(wanted, { ...scope, columns: [], bindAggregate: slotBinder(slots, scope) }).map(
    ({ name, expression }) => ({ name: names.give(name), expression }),
  );
  checkColumns(keys.length + results.length);

  const types = keys.map(({ type }) => type);
  const groups = new Map<string, { values: Value[]; accumulators: Accumulator[] }>();
  const groupOf = (values: Value[]) => {
    const key = keyOfAll(values, types, budget);
    const known = groups.get(key);
    if (known) return known;
    const made = { values, accumulators: slots.map(({ aggregate }) => aggregate.start()) };
    groups.set(key, made);
    return made;
  };
  if (keys.length === 0) groupOf([]);
  for (const row of table.rows) {
    const { accumulators } = groupOf(keys.map(({ evaluate }) => evaluate(row)));
    for (const [index, { argument }] of slots.entries()) accumulators[index]?.add(argument(row));
  }
  return {
    columns: [...keys, ...results.map(({ name, expression: { type } }) => ({ name, type }))].map(
      ({ name, type }) => ({ name, type }),
    ),
    rows: [...groups.values()].map(({ values, accumulators }) => {
      const aggregated = accumulators.map((accumulator) => accumulator.result());
      return [...values, ...results.map(({ expression }) => expression.evaluate(aggregated))];
    }),
  };
}

/** The place of what has none. */
const endPlace = { line: 1, character: 0, text: '' };

/** Puts aggregates into slots; the expression around one finds its result in the row of all slots' results. */
function slotBinder(slots: Slot[], scope: Scope): NonNullable<Scope['bindAggregate']> {
  return (call) => {
    const known = aggregates.get(call.name);
    if (!known) return undefined;
    const { name, args, place } = call;
    const [least, most] = known.arity;
    if (args.length < least || args.length > most)
      throw queryError(
        'InvalidQuery',
        `${name}() takes ${least === most ? least : `${least} to ${most}`} arguments; there are ${args.length}.`,
        place,
      );
    const argument = args[0] && bindExpression(args[0], scope);
    const aggregate = known.bind(argument, {
      name,
      place,
      budget: scope.budget,
      mostValues: listSize(args[1], scope),
    });
    const index = slots.length;
    slots.push({ aggregate, argument: argument ? evaluator(argument, scope.budget) : () => null });
    return { type: aggregate.type, evaluate: (row) => valueOf(row[index]), weight: 1 };
  };
}

function listSize(size: Expression | undefined, scope: Scope): number {
  if (!size) return usualListSize;
  const { literal } = bindExpression(size, scope);
  if (typeof literal === 'number' && literal >= 0) return literal;
  throw queryError('InvalidQuery', 'The second argument of an aggregate must be a number.', size.place);
}
