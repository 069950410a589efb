import { describe, expect, it } from 'vitest';
import {
  conformanceFolder,
  conformanceTitle,
  deploymentScope,
  objectOf,
  readJson,
  textOf,
} from './conformance.test-support.ts';
import { evaluateExpression, TemplateError, type EvaluationScope, type JsonObject } from './index.ts';
import { getOwn, isObject } from './json-values.ts';

/** Cases that do not pass, each with its reason. The list is tight: a case in it that passes fails the test. */
const NOT_PASSING = new Map<string, string>([
  ['F0322', "pickZones needs Azure's table of zones, which a pure language does not have: refused by name."],
  ['F0554', 'providers() needs the list of resource providers of the subscription: refused by name.'],
  [
    'F0947',
    'From DSC, which is written in Rust and counts code points. .NET, in which Azure runs, counts UTF-16 units: the case is wrong.',
  ],
]);

function scopeOf(entry: JsonObject): EvaluationScope {
  const deployment = deploymentScope();
  const context = getOwn(entry, 'context');
  if (!isObject(context)) return { deployment };
  const managementGroup = getOwn(context, 'managementGroup');
  return {
    deployment: {
      ...deployment,
      subscription: { ...deployment.subscription, ...objectOf(getOwn(context, 'subscription')) },
      resourceGroup: { ...deployment.resourceGroup!, ...objectOf(getOwn(context, 'resourceGroup')) },
    },
    ...(isObject(managementGroup)
      ? { managementGroup: { ...managementGroup, name: textOf(managementGroup['name']) } }
      : {}),
  };
}

/** Throws what is wrong with the answer to a case. */
function judge(entry: JsonObject): void {
  const expression = textOf(entry['expression']);
  const scope = scopeOf(entry);
  if (entry['expectError'] !== true) {
    expect(evaluateExpression(expression, scope)).toStrictEqual(entry['expected'] ?? null);
    return;
  }
  let caught: unknown;
  try {
    evaluateExpression(expression, scope);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(TemplateError);
  const message = entry['errorMessage'];
  if (typeof message === 'string' && caught instanceof TemplateError) expect(caught.message).toBe(message);
}

function passes(entry: JsonObject): boolean {
  try {
    judge(entry);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(conformanceFolder === undefined)(
  conformanceTitle('template functions answer as Azure does'),
  () => {
    const cases = conformanceFolder === undefined ? [] : readJson('functions.json');
    const entries = Array.isArray(cases) ? cases.map(objectOf) : [];

    it('has the cases', () => {
      expect(entries.length).toBeGreaterThan(600);
    });

    it.each(
      entries
        .filter((entry) => !NOT_PASSING.has(textOf(entry['id'])))
        .map((entry) => ({ title: `${textOf(entry['id'])} ${textOf(entry['expression'])}`, entry })),
    )('$title', ({ entry }) => {
      judge(entry);
    });

    it.each([...NOT_PASSING])('%s does not pass yet: %s', (id) => {
      const entry = entries.find((candidate) => candidate['id'] === id);
      expect(entry).toBeDefined();
      expect(passes(entry!)).toBe(false);
    });
  },
);
