import { describe, expect, it } from 'vitest';
import { expand, failureOf, thing, thingId, dependenciesOf, echo } from './expansion.test-support.ts';

describe('copy loops', () => {
  it('repeat a resource, and loops inside of its properties', () => {
    const expansion = expand({
      resources: [
        thing("[concat('n', copyIndex(1))]", {
          copy: { name: 'loop', count: "[length(createArray('x', 'y'))]" },
          properties: {
            copy: [
              {
                name: 'disks',
                count: 2,
                input: { lun: "[copyIndex('disks')]", of: "[copyIndex('loop')]", same: '[copyIndex()]' },
              },
            ],
          },
        }),
        thing('none', { copy: { name: 'empty', count: 0 } }),
        thing('after', { dependsOn: ['loop', 'empty'] }),
      ],
    });
    expect(dependenciesOf(expansion)).toStrictEqual({ n1: [], n2: [], after: ['n1', 'n2'] });
    expect(expansion.resources[1]!.evaluate(echo)).toStrictEqual({
      properties: {
        disks: [
          { lun: 0, of: 1, same: 1 },
          { lun: 1, of: 1, same: 1 },
        ],
      },
    });
  });

  it.each(['2', '[string(2)]'])('take a count that is written as a string: %s', (count) => {
    const resources = [thing("[concat('n', copyIndex())]", { copy: { name: 'loop', count } })];
    expect(expand({ resources }).resources.map(({ name }) => name)).toStrictEqual(['n0', 'n1']);
  });

  it('run in batches when serial', () => {
    const resources = [
      thing("[concat('n', copyIndex())]", { copy: { name: 'loop', count: 5, mode: 'Serial', batchSize: 2 } }),
    ];
    expect(dependenciesOf(expand({ resources }))).toStrictEqual({
      n0: [],
      n1: [],
      n2: ['n0', 'n1'],
      n3: ['n0', 'n1'],
      n4: ['n2', 'n3'],
    });
  });
});

describe('dependencies', () => {
  it('are found in every form of dependsOn', () => {
    const forms = [
      "[resourceId('Test.Rp/things', 'a')]",
      'a',
      'A',
      'Test.Rp/things/a',
      "[concat('Test.Rp/things/', 'a')]",
      "[resourceId('Test.Rp/things/', 'a')]",
    ];
    for (const form of forms) {
      expect(
        dependenciesOf(expand({ resources: [thing('a'), thing('b', { dependsOn: [form] })] }))['b'],
        form,
      ).toStrictEqual(['a']);
    }
  });

  it('follow reference() and list*() by name, by id only without an API version, and not in a branch that is not taken', () => {
    const resources = [
      thing('a'),
      thing('b', { properties: { x: "[reference('a').y]" } }),
      thing('c', { properties: { x: "[concat(listKeys('b', '1').k, reference('a').y)]" } }),
      thing('d', { properties: { x: "[reference(resourceId('Test.Rp/things', 'a')).y]" } }),
      thing('f', { properties: { x: "[reference(resourceId('Test.Rp/things', 'a'), '2020-01-01').y]" } }),
      thing('e', { properties: { x: "[if(false(), reference('a').y, 'none')]" } }),
    ];
    expect(dependenciesOf(expand({ resources }))).toStrictEqual({
      a: [],
      b: ['a'],
      c: ['b', 'a'],
      d: ['a'],
      f: [],
      e: [],
    });
  });

  it('are dropped when their resource has a false condition', () => {
    const expansion = expand({
      resources: [thing('a', { condition: '[equals(1, 2)]' }), thing('b', { dependsOn: ['a'] })],
    });
    expect(expansion.resources.map(({ name, condition }) => [name, condition])).toStrictEqual([
      ['a', false],
      ['b', true],
    ]);
    expect(dependenciesOf(expansion)).toStrictEqual({ a: [], b: [] });
  });

  it('may not run in a circle', () => {
    const error = failureOf({
      resources: [
        thing('z'),
        thing('a', { dependsOn: ['b', 'z'] }),
        thing('b', { properties: "[reference('a')]" }),
      ],
    });
    expect(error.code).toBe('InvalidTemplateCircularDependency');
    expect(error.message).toContain('Circular dependency detected on resource');
    expect(error.message).toContain(thingId('b'));
    expect(error.message).not.toContain(`'${thingId('z')}'`);
    expect(failureOf({ resources: [thing('a', { dependsOn: ['a'] })] }).code).toBe(
      'InvalidTemplateCircularDependency',
    );
  });
});
