import { describe, expect, it } from 'vitest';
import { failureOf, output, resultOf, thing } from './expansion.test-support.ts';

describe('variables', () => {
  it('are lazy, may use one another in any order, and copy', () => {
    const variables = {
      b: "[concat(variables('A'), '!')]",
      a: 'x',
      broken: '[div(1, 0)]',
      copy: [{ name: 'list', count: 2, input: "[concat('v', copyIndex('list', 1))]" }],
      nested: { copy: [{ name: 'inner', count: 2, input: { at: "[copyIndex('inner')]" } }], kept: true },
    };
    expect(resultOf({ variables, ...output("[variables('b')]") })).toBe('x!');
    expect(resultOf({ variables, ...output("[variables('list')]", 'array') })).toStrictEqual(['v1', 'v2']);
    expect(resultOf({ variables, ...output("[variables('nested')]", 'object') })).toStrictEqual({
      inner: [{ at: 0 }, { at: 1 }],
      kept: true,
    });
  });

  it('refuse a circle, an unknown name, and reference()', () => {
    const circle = { a: "[variables('b')]", b: "[variables('a')]" };
    expect(failureOf({ variables: circle, resources: [], ...output("[variables('a')]") }).message).toContain(
      "The template variable 'a' is not valid: it refers to itself through 'a → b → a'.",
    );
    expect(failureOf({ resources: [], ...output("[variables('x')]") }).message).toContain(
      "The template variable 'x' is not found. Please see https://aka.ms/arm-template/#variables for usage details.",
    );
    const failing = { v: '[resourceGroup().none]' };
    const uses = thing('a', { properties: { v: "[variables('v')]" } });
    expect(failureOf({ variables: failing, resources: [uses] })).toMatchObject({
      message:
        "Deployment template validation failed: 'The template variable 'v' is not valid: The language expression property 'none' doesn't exist, available properties are 'id, name, type, location, properties'.. Please see https://aka.ms/arm-template-expressions for usage details.'.",
      position: { path: 'variables.v', expression: 'resourceGroup().none' },
    });
    expect(
      failureOf({ variables: { r: "[reference('a')]" }, resources: [], ...output("[variables('r')]") })
        .message,
    ).toContain("The template function 'reference' is not expected at this location.");
  });
});
