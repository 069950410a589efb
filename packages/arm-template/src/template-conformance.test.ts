import { describe, expect, it } from 'vitest';
import {
  conformanceFolder,
  conformanceTitle,
  deploymentScope,
  hasFile,
  objectOf,
  readJson,
  readText,
  templateFolders,
  uniqueStringOf,
} from './conformance.test-support.ts';
import { expandTemplate, parseTolerantJson, type Expansion } from './index.ts';
import { getOwn, isObject } from './json-values.ts';

const GENERATED_GUID = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

/** Replaces the placeholders of parameter files by valid values, each `GEN-UNIQUE` by another one. */
function fillPlaceholders(text: string): string {
  let count = 0;
  return text
    .replaceAll(/GEN-UNIQUE(?:-(\d+))?/g, (_whole, length?: string) => {
      count += 1;
      return `u${String(count)}slipwayquickstarttemplate`.slice(0, Number(length ?? 12));
    })
    .replaceAll('GEN-GUID', GENERATED_GUID);
}

function expandFolder(group: string, name: string): Expansion {
  const template = objectOf(readJson(group, name, 'azuredeploy.json'));
  const file = hasFile(group, name, 'azuredeploy.parameters.json')
    ? objectOf(parseTolerantJson(fillPlaceholders(readText(group, name, 'azuredeploy.parameters.json'))))
    : {};
  const schema = getOwn(template, '$schema');
  const isSubscription = typeof schema === 'string' && /subscriptionDeploymentTemplate/i.test(schema);
  return expandTemplate({
    template,
    parameters: objectOf(getOwn(file, 'parameters') ?? file),
    scope: deploymentScope(isSubscription ? 'subscription' : 'resourceGroup'),
    sources: { now: new Date(Date.UTC(2026, 0, 1)), newGuid: () => GENERATED_GUID },
  });
}

const folders = (group: string): string[] => (conformanceFolder === undefined ? [] : templateFolders(group));

describe.skipIf(conformanceFolder === undefined)(
  conformanceTitle('templates of the Azure Container Service'),
  () => {
    it.each(folders('acs'))('%s expands to the resources that ACS made', (name) => {
      const expected = readText('acs', 'expanded.tsv')
        .split('\n')
        .map((line) => line.split('\t'))
        .filter(([template]) => template === name)
        .map(
          ([, type, resource]) =>
            `${type ?? ''} ${(resource ?? '').replaceAll(/\{u:([^}]*)\}/g, (_whole, argument: string) => uniqueStringOf(argument))}`,
        );
      const expansion = expandFolder('acs', name);
      expect(expected.length).toBeGreaterThan(10);
      expect(
        expansion.resources.map((resource) => `${resource.type} ${resource.name}`).toSorted(),
      ).toStrictEqual(expected.toSorted());
      for (const resource of expansion.resources) expect(isObject(resource.preview())).toBe(true);
    });
  },
);

/** Quickstarts that do not expand, with the part of the error that says why. The list is tight. */
const NOT_EXPANDING = new Map<string, { error: string; reason: string }>([
  [
    '101-sql-vm-aglistener-setup',
    {
      error:
        "The value for the template parameter 'existingFailoverClusterName' at line '5' and column '40' is not provided.",
      reason: 'it has no parameter file, and parameters without defaults',
    },
  ],
  [
    '201-deployment-script-ssh-key-gen',
    {
      error: "The language expression property 'templateLink' doesn't exist",
      reason: 'a default value needs the URI it was deployed from, and it is deployed from a file',
    },
  ],
  [
    'sharepoint-adfs',
    {
      error: "The language expression property 'templateLink' doesn't exist",
      reason: 'a default value needs the URI it was deployed from, and it is deployed from a file',
    },
  ],
  [
    'orchard-cms-video-portal',
    {
      error: "expected token 'RightParenthesis' and actual 'StringLiteral'",
      reason: 'one of its expressions is not well-formed',
    },
  ],
]);

describe.skipIf(conformanceFolder === undefined)(conformanceTitle('quickstart templates'), () => {
  it('are all there', () => {
    expect(folders('templates')).toHaveLength(52);
  });

  it.each(folders('templates').filter((name) => !NOT_EXPANDING.has(name)))('%s expands', (name) => {
    const { resources } = expandFolder('templates', name);
    expect(resources.length).toBeGreaterThan(0);
    for (const resource of resources) expect(isObject(resource.preview())).toBe(true);
  });

  it.each([...NOT_EXPANDING].map(([name, why]) => ({ name, ...why })))(
    '$name is refused: $reason',
    ({ name, error }) => {
      expect(() => expandFolder('templates', name)).toThrow(error);
    },
  );
});
