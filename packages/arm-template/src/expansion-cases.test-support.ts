import {
  conformanceFolder,
  deploymentScope,
  objectOf,
  readJson,
  textOf,
  type SubscriptionScope,
} from './conformance.test-support.ts';
import { flatExpansion } from './flat-expansion.test-support.ts';
import type { JudgedCase } from './function-cases.test-support.ts';
import { TemplateError, type DeploymentScope, type JsonObject, type JsonValue } from './index.ts';
import { deepEquals, getOwn, isObject } from './json-values.ts';

const ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Where PSRule's tests deploy to; `DeploymentWithOptions` has other values than the rest. */
function scopeOf(test: string): SubscriptionScope {
  const hasOptions = test.endsWith('DeploymentWithOptions');
  const tenantId = hasOptions ? '11111111-1111-1111-1111-111111111111' : ID;
  return {
    ...deploymentScope(),
    tenantId,
    tenant: { countryCode: 'US', displayName: 'Unit Test Tenant' },
    subscription: {
      id: `/subscriptions/${ID}`,
      subscriptionId: ID,
      tenantId,
      displayName: 'PSRule Test Subscription',
    },
    resourceGroup: {
      id: `/subscriptions/${ID}/resourceGroups/ps-rule-test-rg`,
      name: 'ps-rule-test-rg',
      type: 'Microsoft.Resources/resourceGroups',
      location: 'eastus',
      tags: hasOptions ? { env: 'prod' } : {},
      properties: { provisioningState: 'Succeeded' },
    },
    deployment: { name: 'ps-rule-test-deployment' },
  };
}

/**
 * The scopes that a template may be expanded in: PSRule takes each for one of a resource group, but what is written for a
 * management group or the tenant refers to what is there.
 */
function scopesOf(test: string, template: JsonValue): DeploymentScope[] {
  const inGroup = scopeOf(test);
  const { resourceGroup: _group, subscription: _subscription, ...above } = inGroup;
  const deployment = { ...above.deployment, location: 'eastus' };
  const schema = isObject(template) ? getOwn(template, '$schema') : undefined;
  if (typeof schema !== 'string') return [inGroup];
  if (schema.includes('/tenantDeploymentTemplate.'))
    return [inGroup, { ...above, deployment, kind: 'tenant' }];
  if (!schema.includes('/managementGroupDeploymentTemplate.')) return [inGroup];
  const id = '/providers/Microsoft.Management/managementGroups/psrule-test';
  return [
    inGroup,
    { ...above, deployment, kind: 'managementGroup', managementGroup: { id, name: 'psrule-test' } },
  ];
}

/** The expansion in the first scope that makes sense of the template. @throws TemplateError where none does. */
function expanded(test: string, template: JsonValue, given: JsonObject): JsonObject {
  const refusals: TemplateError[] = [];
  for (const scope of scopesOf(test, template)) {
    try {
      return { resources: flatExpansion(template, given, scope) };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      refusals.push(error);
    }
  }
  throw refusals.at(-1) ?? new Error('A template has at least one scope.');
}

const HASH =
  'The name comes from `uniqueString` or `guid`, for which PSRule has hashes of its own (README of the data).';
const TOO_LONG =
  'One of its expressions has 51,024 characters. Azure takes 24,576 (limits, in the documentation of best practices); PSRule has no such limit.';

/** What of the cases is wrong: the template, the path of an assertion (or all of the case), and the evidence. */
const WRONG_ASSERTIONS: readonly { template: string; path?: RegExp; evidence: string }[] = [
  { template: 'Resources.Template.json', path: /^resources\[5\]\.resources\[[12]\]\.name$/, evidence: HASH },
  {
    template: 'Resources.Template.json',
    path: /^resources\[5\]\.resources\[0\]\.properties\.delegations/,
    evidence:
      'It is `deployment().name` in a nested template of outer scope: Azure evaluates such an expression in the outer deployment (documentation of linked templates), PSRule in the nested one.',
  },
  {
    template: 'Template.Parsing.13.json',
    evidence:
      "Its `dependsOn` names `resPolicyDefinitions`, which the template does not have. Azure refuses it: “The resource '…' is not defined in the template” (AZURE-FACTS, section 7); PSRule ignores it.",
  },
  { template: 'Template.Parsing.9.json', evidence: TOO_LONG },
  { template: 'Template.Parsing.10.json', evidence: TOO_LONG },
  { template: 'Tests.Bicep.2.json', path: /^resources\[[56]\]\.name$/, evidence: HASH },
  { template: 'Tests.Bicep.4.json', path: /^resources\[3\]\.name$/, evidence: HASH },
  {
    template: 'Tests.Bicep.34.json',
    path: /^resources\[1\]\.properties\.tenantId$/,
    evidence:
      'The template gives the vault `properties: {}`. PSRule adds what the provider of vaults might answer, which no expansion of the template holds.',
  },
  {
    template: 'Bicep/SymbolicNameTestCases/Tests.Bicep.2.json',
    path: /^resources\[2\]\.name$/,
    evidence: HASH,
  },
  {
    template: 'Bicep/AVMTestCases/Tests.Bicep.1.json',
    evidence:
      'It refers to a resource with the id `subnetId`, which is neither an id nor a name of the template: Azure refuses that (AZURE-FACTS, section 7: “could not find template resource or resource copy with this name”); PSRule invents an answer.',
  },
];

/** What stands at a path such as `resources[1].tags.env`. */
function at(value: JsonValue, path: string): JsonValue | undefined {
  return (path.match(/[^.[\]]+/g) ?? []).reduce<JsonValue | undefined>((current, step) => {
    if (Array.isArray(current)) return current[Number(step)];
    return isObject(current) ? getOwn(current, step) : undefined;
  }, value);
}

function faultOf(assertion: JsonObject, flat: JsonObject): string | undefined {
  const path = textOf(assertion['path']);
  const actual = at(flat, path);
  const expectedLength = getOwn(assertion, 'length');
  if (expectedLength !== undefined) {
    const length = Array.isArray(actual) ? actual.length : 0;
    return length === expectedLength
      ? undefined
      : `${path} has ${String(length)} items, not ${JSON.stringify(expectedLength)}`;
  }
  const expected = getOwn(assertion, 'equals') ?? null;
  if (actual !== undefined && deepEquals(actual, expected)) return undefined;
  return `${path} is ${JSON.stringify(actual) ?? 'absent'}, not ${JSON.stringify(expected)}`;
}

function judge(written: JsonObject): JudgedCase[] {
  const test = textOf(written['test']);
  const template = textOf(written['template']);
  const parameters = written['parameters'];
  const listed = written['assertions'];
  const assertions = (Array.isArray(listed) ? listed : []).map(objectOf);
  const about = WRONG_ASSERTIONS.filter((wrong) => wrong.template === template);
  const judged = (path: string, fault: string | undefined): JudgedCase => {
    const evidence = about.find((wrong) => wrong.path === undefined || wrong.path.test(path))?.evidence;
    return {
      id: `${template} ${path}`.trim(),
      title: test,
      group: 'expansions',
      ...(fault === undefined ? {} : { fault }),
      ...(evidence === undefined ? {} : { evidence }),
    };
  };
  try {
    const file = typeof parameters === 'string' ? objectOf(readJson('expansions', parameters)) : {};
    const given = objectOf(getOwn(file, 'parameters') ?? file);
    const flat = expanded(test, readJson('expansions', template), given);
    return assertions.map((assertion) => judged(textOf(assertion['path']), faultOf(assertion, flat)));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return [judged('', `It is refused: ${error.message}`)];
  }
}

/** All assertions on expanded templates of the conformance data, judged; none where there is no data. */
export function judgeExpansions(): JudgedCase[] {
  if (conformanceFolder === undefined) return [];
  const cases = objectOf(readJson('expansions', 'cases.json'))['cases'];
  return (Array.isArray(cases) ? cases : []).flatMap((written) => judge(objectOf(written)));
}
