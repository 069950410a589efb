import { aggregates } from './aggregates.ts';
import { scalarFunctions } from './functions.ts';
import type { Column } from './scalar-types.ts';
import type { Expression } from './syntax.ts';

/**
 * What a column is called that an expression makes and nobody named; `undefined` where the expression gives no name.
 * Source: `GetExpressionResultName` of microsoft/Kusto-Query-Language.
 */
export function resultName(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'member':
      return joined(resultName(expression.target), expression.name);
    case 'element':
      return joined(
        resultName(expression.target),
        expression.index.kind === 'literal' ? expression.index.text : resultName(expression.index),
      );
    case 'call':
      return callName(expression);
    case 'literal':
    case 'negative':
    case 'and':
    case 'or':
    case 'binary':
    case 'in':
      return undefined;
  }
}

function callName({ name, args }: Expression & { kind: 'call' }): string | undefined {
  const [first] = args;
  const ofFirst = first && resultName(first);
  const prefix = aggregates.get(name)?.prefix;
  if (prefix !== undefined) return `${prefix}${ofFirst ?? ''}` || undefined;
  switch (scalarFunctions.get(name)?.names) {
    case 'firstArgument':
      return ofFirst;
    case 'nameAndFirstArgument':
      return `${name}_${ofFirst ?? ''}`;
    case undefined:
      return undefined;
  }
}

const joined = (left: string | undefined, right: string | undefined): string | undefined =>
  left === undefined ? right : `${left}_${right ?? ''}`;

/** Gives the columns of a result names: those without one are numbered, and of two with one name the later gets a number. */
export class ResultNames {
  readonly #taken: Set<string>;
  #unnamed = 0;

  constructor(taken: readonly Column[] = []) {
    this.#taken = new Set(taken.map(({ name }) => name));
  }

  give(name: string | undefined): string {
    if (name !== undefined && !this.#taken.has(name)) return this.#take(name);
    if (name === undefined) {
      this.#unnamed += 1;
      return this.give(`Column${this.#unnamed}`);
    }
    let number = 1;
    while (this.#taken.has(`${name}${number}`)) number += 1;
    return this.#take(`${name}${number}`);
  }

  #take(name: string): string {
    this.#taken.add(name);
    return name;
  }
}
