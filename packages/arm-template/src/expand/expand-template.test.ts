import { describe, expect, it, vi } from 'vitest';
import { type JsonObject } from '../index.ts';
import {
  expand,
  failureOf,
  thing,
  thingId,
  dependenciesOf,
  output,
  echo,
  resultOf,
} from './expansion.test-support.ts';

// Work in proportion to a limit takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('outputs', () => {
  it('are evaluated with the runtime; secure ones are marked, false ones left out, loops written out', () => {
    const expansion = expand({
      resources: [thing('a')],
      outputs: {
        id: { type: 'string', value: "[reference('a').id]" },
        secret: { type: 'securestring', value: 's' },
        absent: { type: 'string', condition: false, value: "[reference('a').nothing]" },
        list: { type: 'array', copy: { count: 2, input: "[concat('i', copyIndex())]" } },
      },
    });
    expect(expansion.evaluateOutputs(echo)).toStrictEqual({
      id: { type: 'String', value: thingId('a'), secure: false },
      secret: { type: 'SecureString', value: 's', secure: true },
      list: { type: 'Array', value: ['i0', 'i1'], secure: false },
    });
  });

  it('must have the type they declare', () => {
    const expansion = expand({ resources: [], ...output(1) });
    expect(() => expansion.evaluateOutputs(echo)).toThrow(
      "The template output 'result' is not valid: Template output JToken type is not valid. Expected 'String, Uri'. Actual 'Integer'.",
    );
  });

  it('see deployment(), subscription() and environment()', () => {
    expect(
      resultOf(
        output('[concat(deployment().name, subscription().displayName, environment().suffixes.storage)]'),
      ),
    ).toBe('d1Testcore.windows.net');
    expect(resultOf(output('[deployment().properties.template.outputs.result.type]'))).toBe('string');
  });
});

describe('language version 2.0', () => {
  it('names resources symbolically', () => {
    const expansion = expand({
      languageVersion: '2.0',
      resources: {
        old: { ...thing('there'), existing: true },
        many: thing("[format('m{0}', copyIndex())]", { copy: { name: 'many', count: 2 } }),
        last: thing('last', {
          dependsOn: ['many', 'old'],
          properties: { a: "[reference('old').id]", b: "[reference('many[1]').id]" },
        }),
      },
    });
    expect(dependenciesOf(expansion)).toStrictEqual({ m0: [], m1: [], last: ['m0', 'm1'] });
    expect(expansion.resources[2]!.symbolicName).toBe('last');
    expect(expansion.resources[2]!.evaluate(echo)).toStrictEqual({
      properties: { a: thingId('there'), b: thingId('m1') },
    });
  });

  it('refuses extensions by name', () => {
    expect(failureOf({ languageVersion: '2.0', extensions: { k8s: {} }, resources: {} }).message).toContain(
      "The template section 'extensions' is not supported: the extension 'k8s'",
    );
  });
});

describe('bounds', () => {
  it('end an expansion that would take for ever', () => {
    const busy = "[length(map(range(0, 9000), lambda('x', add(lambdaVariables('x'), copyIndex()))))]";
    expect(
      failureOf({
        resources: [thing("[concat('a', copyIndex())]", { copy: { name: 'l', count: 800 }, kind: busy })],
      }).message,
    ).toContain("needs more evaluation steps than its limit of '2000000'");
  });

  it('refuse values that become larger than a template may be', () => {
    const variables: JsonObject = { v0: 'x'.repeat(1000) };
    for (let index = 1; index < 40; index += 1) {
      const before = `variables('v${String(index - 1)}')`;
      variables[`v${String(index)}`] = `[createArray(${before}, ${before})]`;
    }
    expect(
      failureOf({ variables, resources: [], ...output("[variables('v39')]", 'array') }).message,
    ).toContain("A value of the template exceeds the limit of '4194304' characters.");
  });

  it('refuse reference() in the count of a loop', () => {
    const properties = { copy: [{ name: 'l', count: "[reference('a').n]", input: 1 }] };
    expect(failureOf({ resources: [thing('a'), thing('b', { properties })] }).message).toContain(
      "The template function 'reference' is not expected at this location.",
    );
  });
});
