import type { JsonValue } from '../json.ts';
import { fitsInt64, isNumber } from '../json-values.ts';
import { spend, spendOnText } from './bounds.ts';
import type { Expression } from './syntax.ts';

const PLAIN_NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** Writes an expression as text (without outer brackets) that parses to the same expression. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'value':
      return printValue(expression.value);
    case 'call': {
      const name =
        expression.namespace === undefined ? expression.name : `${expression.namespace}.${expression.name}`;
      return `${name}(${expression.arguments.map(printExpression).join(', ')})`;
    }
    case 'member': {
      const target = printExpression(expression.target);
      const { property } = expression;
      return property.kind === 'value' &&
        typeof property.value === 'string' &&
        PLAIN_NAME.test(property.value)
        ? `${target}.${property.value}`
        : `${target}[${printExpression(property)}]`;
    }
  }
}

function printValue(value: JsonValue): string {
  spend(1);
  if (value === null) return 'null()';
  if (typeof value === 'string') {
    spendOnText(value);
    return `'${value.replaceAll("'", "''")}'`;
  }
  if (typeof value === 'boolean') return value ? 'true()' : 'false()';
  // The language has no literals for decimals and for integers of more than 64 bits.
  if (isNumber(value)) {
    const isLiteral = typeof value === 'bigint' ? fitsInt64(value) : Number.isSafeInteger(value);
    return isLiteral ? String(value) : `json('${String(value)}')`;
  }
  if (Array.isArray(value)) return `createArray(${value.map(printValue).join(', ')})`;
  const entries = Object.entries(value).map(([key, item]) => `${printValue(key)}, ${printValue(item)}`);
  return `createObject(${entries.join(', ')})`;
}
