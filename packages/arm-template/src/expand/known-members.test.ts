import { describe, expect, it } from 'vitest';
import { parseTolerantJson } from '../tolerant-json.ts';
import { isObject } from '../json-values.ts';
import { expand, failureOf, thing } from './expansion.test-support.ts';

const unknown = (member: string, kind: string, path: string): string =>
  `The request content was invalid and could not be deserialized: 'Could not find member '${member}' on object of type '${kind}'. Path 'properties.template.${path}'`;

describe('what Azure does not know', () => {
  it.each([
    ['of a template', { parameters2: {}, resources: [] }, 'parameters2', 'Template', 'parameters2'],
    [
      'of a resource',
      { resources: [thing('a', { apiVersion1: '2020-01-01' })] },
      'apiVersion1',
      'TemplateResource',
      'resources[0].apiVersion1',
    ],
    [
      'of a resource inside of another',
      { resources: [thing('a', { resources: [thing('b', { propertys: {} })] })] },
      'propertys',
      'TemplateResource',
      'resources[0].resources[0].propertys',
    ],
    [
      'of a resource with a symbolic name',
      { languageVersion: '2.0', resources: { first: thing('a', { depends: [] }) } },
      'depends',
      'TemplateResource',
      'resources.first.depends',
    ],
    [
      'of a parameter',
      { parameters: { site: { type: 'string', default: 'x' } }, resources: [] },
      'default',
      'TemplateInputParameter',
      'parameters.site.default',
    ],
  ])('is refused: a member %s', (_, template, member, kind, path) => {
    const failure = failureOf(template);
    expect(failure.code).toBe('InvalidRequestContent');
    expect(failure.message).toContain(unknown(member, kind, path));
    expect(failure.position.path).toBe(path);
  });

  it('is refused with where it stands', () => {
    const template = parseTolerantJson('{\n  "resources": [\n    { "name": "a", "typ": "b" }\n  ]\n}');
    if (!isObject(template)) throw new Error('It is an object.');
    const failure = failureOf(template);
    expect(failure.message).toContain("Path 'properties.template.resources[0].typ', line 3, position 5.'.");
    expect(failure.position).toMatchObject({ line: 3, column: 5 });
  });

  it('is not what has other capitals, or is an option of Bicep', () => {
    const { resources } = expand({
      Resources: [{ ...thing('a'), DependsOn: [], Tags: {}, '@options': { retryOn: [] } }],
    });
    expect(resources.map(({ name }) => name)).toEqual(['a']);
  });
});
