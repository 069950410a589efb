import type { JsonObject, JsonValue } from './json.ts';

/**
 * Templates that were made to break the engine: to keep it busy for ever, to fill its memory, to overflow its stack or
 * to reach the prototypes of its objects. Each small text asks for something enormous. Kept for ever: an input that
 * once did harm stays here.
 */
export interface HostileTemplate {
  name: string;
  /** Made when asked for, because some are large. */
  template: () => JsonObject;
  parameters?: () => JsonObject;
  /** What the refusal says; absent where the template is harmless and must simply work. */
  refusal?: RegExp;
}

const resource = (name: string, more: JsonObject = {}): JsonObject => ({
  type: 'Test.Rp/things',
  apiVersion: '2020-01-01',
  name,
  ...more,
});

const withOutput = (value: JsonValue, type = 'object', more: JsonObject = {}): JsonObject => ({
  resources: [],
  ...more,
  outputs: { result: { type, value } },
});

/** A property copy inside a property copy, so many levels deep. */
const nestedCopies = (levels: number, count: number): JsonValue => {
  let input: JsonValue = 'x';
  for (let level = 0; level < levels; level += 1)
    input = { copy: [{ name: `c${String(level)}`, count, input }] };
  return input;
};

/** Variables of which each is made of two of the one before. */
const doubling = (first: JsonValue, twice: (before: string) => string, times: number): JsonObject =>
  Object.fromEntries([
    ['v0', first],
    ...Array.from({ length: times }, (_item, index) => [
      `v${String(index + 1)}`,
      `[${twice(`variables('v${String(index)}')`)}]`,
    ]),
  ]) as JsonObject;

/** An array in which everything is shared: 2^60 items once it is written out. */
const SHARED =
  "reduce(range(0, 60), 'x', lambda('a', 'i', createArray(lambdaVariables('a'), lambdaVariables('a'))))";

/** An array of 2^18 references to one item. */
const wide = (item: string): string =>
  `reduce(range(0, 18), createArray(${item}), lambda('a', 'i', concat(lambdaVariables('a'), lambdaVariables('a'))))`;

const LARGE_TEXT = "padLeft('', 4000000, 'a')";

const steps = /evaluation steps/;

export const hostileTemplates: readonly HostileTemplate[] = [
  {
    name: 'property copies in property copies',
    template: () => ({ resources: [resource('a', { properties: nestedCopies(5, 800) })] }),
    refusal: steps,
  },
  {
    name: 'property copies in property copies, in an output',
    template: () => withOutput(nestedCopies(5, 800)),
    refusal: steps,
  },
  {
    name: 'property copies in property copies, in a variable',
    template: () => withOutput("[variables('v')]", 'object', { variables: { v: nestedCopies(5, 800) } }),
    refusal: steps,
  },
  {
    name: 'property copies in property copies, in a default value',
    template: () => ({
      resources: [],
      parameters: { p: { type: 'object', defaultValue: nestedCopies(5, 800) } },
    }),
    refusal: steps,
  },
  {
    name: 'property copies in the body that an output of a user function has',
    template: () =>
      withOutput('[ns.bomb()]', 'object', {
        functions: [
          {
            namespace: 'ns',
            members: { bomb: { parameters: [], output: { type: 'object', value: nestedCopies(5, 800) } } },
          },
        ],
      }),
    refusal: steps,
  },
  {
    name: 'a resource copied more often than allowed',
    template: () => ({
      resources: [resource("[concat('a', copyIndex())]", { copy: { name: 'c', count: 1e9 } })],
    }),
    refusal: /copy count must be .* cannot exceed '800'/,
  },
  {
    name: 'a resource copied a fraction of a time',
    template: () => ({ resources: [resource('a', { copy: { name: 'c', count: 1e308 } })] }),
    refusal: /copy count/,
  },
  {
    name: 'many resources that wait for existing ones, which all wait for one another',
    template: () => ({
      languageVersion: '2.0',
      resources: Object.fromEntries(
        Array.from({ length: 800 }, (_item, index) => {
          const earlier = Array.from({ length: Math.min(index, 400) }, (_other, at) => `r${String(at)}`);
          const written = resource(`n${String(index)}`, { dependsOn: earlier });
          return [`r${String(index)}`, index < 400 ? { ...written, existing: true } : written] as const;
        }),
      ),
    }),
    refusal: steps,
  },
  {
    name: 'copies of resources in copies of resources',
    template: () => ({
      resources: [
        resource("[concat('a', copyIndex())]", {
          copy: { name: 'c', count: 800 },
          resources: [
            {
              ...resource("[concat('b', copyIndex())]", { copy: { name: 'd', count: 800 } }),
              type: 'children',
            },
          ],
        }),
      ],
    }),
    refusal: /number of template resources limit exceeded/,
  },
  {
    name: '60 000 existing resources',
    template: () => ({
      languageVersion: '2.0',
      resources: Object.fromEntries(
        Array.from({ length: 60_000 }, (_item, index) => [
          `r${String(index)}`,
          { ...resource('same'), existing: true },
        ]),
      ),
    }),
    refusal: /number of template existing resources limit exceeded/,
  },
  {
    name: 'half a million dependencies of each of 800 copies',
    template: () => ({
      resources: [
        resource('first'),
        resource("[concat('a', copyIndex())]", {
          copy: { name: 'c', count: 799 },
          dependsOn: Array.from({ length: 400_000 }, () => 'first'),
        }),
      ],
    }),
    refusal: steps,
  },
  {
    name: 'a large literal body in 800 copies',
    template: () => ({
      resources: [
        resource("[concat('a', copyIndex())]", {
          copy: { name: 'c', count: 800 },
          properties: { list: Array.from({ length: 400_000 }, () => 1) },
        }),
      ],
    }),
    refusal: steps,
  },
  {
    name: 'a large shared value in 800 copies',
    template: () => ({
      variables: { big: "[map(range(0, 10000), lambda('x', range(0, 60)))]" },
      resources: [
        resource("[concat('a', copyIndex())]", {
          copy: { name: 'c', count: 800 },
          properties: "[createObject('big', variables('big'))]",
        }),
      ],
    }),
    refusal: steps,
  },
  {
    name: 'text that doubles from variable to variable',
    template: () =>
      withOutput("[variables('v40')]", 'string', {
        variables: doubling('aaaaaaaaaaaaaaaa', (before) => `concat(${before}, ${before})`, 40),
      }),
    refusal: /exceeds the limit of '4194304' characters/,
  },
  {
    name: 'arrays that double from variable to variable',
    template: () =>
      withOutput("[length(variables('v40'))]", 'int', {
        variables: doubling(['a'], (before) => `concat(${before}, ${before})`, 40),
      }),
    refusal: /exceeds the limit of '4194304' characters|evaluation steps/,
  },
  {
    name: 'objects that double from variable to variable',
    template: () =>
      withOutput("[string(variables('v40'))]", 'string', {
        variables: doubling({ a: 1 }, (before) => `createObject('a', ${before}, 'b', ${before})`, 40),
      }),
    refusal: /exceeds the limit of '4194304' characters|evaluation steps/,
  },
  {
    name: '250 variables of four million characters each',
    template: () =>
      withOutput(
        Array.from({ length: 250 }, (_item, index) => `[length(variables('v${String(index)}'))]`),
        'array',
        {
          variables: Object.fromEntries(
            Array.from({ length: 250 }, (_item, index) => [
              `v${String(index)}`,
              `[padLeft('${String(index)}', 4000000, '\u03c9')]`,
            ]),
          ),
        },
      ),
    refusal: steps,
  },
  {
    name: 'a long text written out a quarter of a million times as JSON',
    template: () => withOutput(`[string(${wide(LARGE_TEXT)})]`, 'string'),
    refusal: /exceeds the limit of '4194304' characters|evaluation steps/,
  },
  {
    name: 'a long text written out a quarter of a million times by format',
    template: () => withOutput(`[format('{0}', ${wide(LARGE_TEXT)})]`, 'string'),
    refusal: /exceeds the limit of '4194304' characters|evaluation steps/,
  },
  {
    name: 'a long text joined a quarter of a million times',
    template: () => withOutput(`[join(${wide(LARGE_TEXT)}, ',')]`, 'string'),
    refusal: /exceeds the limit of '4194304' characters|evaluation steps/,
  },
  {
    name: 'a long delimiter between a quarter of a million items',
    template: () => withOutput(`[join(${wide("'x'")}, ${LARGE_TEXT})]`, 'string'),
    refusal: /exceeds the limit of '4194304' characters|evaluation steps/,
  },
  {
    name: 'a long text compared with a quarter of a million others as long',
    template: () => withOutput(`[contains(${wide(LARGE_TEXT)}, padLeft('b', 4000000, 'a'))]`, 'bool'),
    refusal: steps,
  },
  {
    name: 'two long texts compared over and over in an intersection',
    template: () =>
      withOutput(`[length(intersection(${wide("padLeft('b', 4000000, 'a')")}, ${wide(LARGE_TEXT)}))]`, 'int'),
    refusal: steps,
  },
  {
    name: 'a sort that compares long texts',
    template: () =>
      withOutput(
        `[length(sort(map(range(0, 10000), lambda('x', padLeft(string(lambdaVariables('x')), 400000, 'é'))), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b')))))]`,
        'int',
      ),
    refusal: steps,
  },
  {
    name: 'names of properties looked up in a large object, ignoring case, ten thousand times',
    template: () => ({
      ...withOutput(
        "[length(filter(range(0, 10000), lambda('x', contains(parameters('large'), 'ABSENT'))))]",
        'int',
      ),
      parameters: { large: { type: 'object' } },
    }),
    parameters: () => ({
      large: {
        value: Object.fromEntries(
          Array.from({ length: 200_000 }, (_item, index) => [`key${String(index)}`, 1]),
        ),
      },
    }),
    refusal: steps,
  },
  {
    name: 'keys of a large object sorted ten thousand times',
    template: () => ({
      ...withOutput(
        "[length(map(range(0, 10000), lambda('x', length(objectKeys(parameters('large'))))))]",
        'int',
      ),
      parameters: { large: { type: 'object' } },
    }),
    parameters: () => ({
      large: {
        value: Object.fromEntries(
          Array.from({ length: 50_000 }, (_item, index) => [`key${String(index)}`, 1]),
        ),
      },
    }),
    refusal: steps,
  },
  {
    name: 'large objects merged ten thousand times',
    template: () => ({
      ...withOutput(
        "[length(map(range(0, 10000), lambda('x', length(union(parameters('large'), parameters('large'))))))]",
        'int',
      ),
      parameters: { large: { type: 'object' } },
    }),
    parameters: () => ({
      large: {
        value: Object.fromEntries(
          Array.from({ length: 50_000 }, (_item, index) => [`key${String(index)}`, 1]),
        ),
      },
    }),
    refusal: steps,
  },
  {
    name: 'large objects merged shallowly ten thousand times',
    template: () => ({
      ...withOutput(
        "[length(map(range(0, 10000), lambda('x', length(shallowMerge(createArray(parameters('large'), parameters('large')))))))]",
        'int',
      ),
      parameters: { large: { type: 'object' } },
    }),
    parameters: () => ({
      large: {
        value: Object.fromEntries(
          Array.from({ length: 50_000 }, (_item, index) => [`key${String(index)}`, 1]),
        ),
      },
    }),
    refusal: steps,
  },
  {
    name: '300 000 parameters that the template does not declare',
    template: () => ({
      resources: [],
      parameters: Object.fromEntries(
        Array.from({ length: 256 }, (_item, index) => [
          `p${String(index)}`,
          { type: 'int', defaultValue: 1 },
        ]),
      ),
    }),
    parameters: () =>
      Object.fromEntries(
        Array.from({ length: 300_000 }, (_item, index) => [`x${String(index)}`, { value: 1 }]),
      ),
    refusal: /The template parameters 'x0, x1, /,
  },
  {
    name: 'JSON read again and again into objects that are kept',
    template: () =>
      withOutput("[length(map(range(0, 10000), lambda('x', json(parameters('text')))))]", 'int', {
        parameters: { text: { type: 'string' } },
      }),
    parameters: () => ({ text: { value: `[${'{},'.repeat(1_000_000)}1]` } }),
    refusal: steps,
  },
  {
    name: 'base64 JSON read again and again',
    template: () =>
      withOutput("[length(map(range(0, 10000), lambda('x', base64ToJson(parameters('text')))))]", 'int', {
        parameters: { text: { type: 'string' } },
      }),
    parameters: () => ({ text: { value: btoa(`[${'[],'.repeat(700_000)}1]`) } }),
    refusal: steps,
  },
  {
    name: 'JSON that nests 100 000 levels deep',
    template: () =>
      withOutput("[json(parameters('text'))]", 'array', { parameters: { text: { type: 'string' } } }),
    parameters: () => ({ text: { value: '['.repeat(100_000) } }),
    refusal: /cannot be parsed as JSON/,
  },
  {
    name: 'a GUID of hundreds of long texts',
    template: () =>
      withOutput(`[guid(${Array.from({ length: 400 }, () => "variables('t')").join(',')})]`, 'string', {
        variables: { t: `[${LARGE_TEXT}]` },
      }),
    refusal: /exceeds the limit|evaluation steps/,
  },
  {
    name: 'a unique string of hundreds of long texts',
    template: () =>
      withOutput(
        `[uniqueString(${Array.from({ length: 400 }, () => "variables('t')").join(',')})]`,
        'string',
        { variables: { t: `[${LARGE_TEXT}]` } },
      ),
    refusal: /exceeds the limit|evaluation steps/,
  },
  {
    name: 'a hash of a long text, ten thousand times',
    template: () =>
      withOutput(`[length(map(range(0, 10000), lambda('x', guid(variables('t')))))]`, 'int', {
        variables: { t: `[${LARGE_TEXT}]` },
      }),
    refusal: steps,
  },
  {
    name: 'the first character of a long text, ten thousand times',
    template: () =>
      withOutput(
        `[length(map(range(0, 10000), lambda('x', concat(first(variables('t')), last(variables('t'))))))]`,
        'int',
        {
          variables: { t: `[${LARGE_TEXT}]` },
        },
      ),
    refusal: steps,
  },
  {
    name: 'a text split at each of its characters, ten thousand times',
    template: () =>
      withOutput(`[length(map(range(0, 10000), lambda('x', length(split(variables('t'), 'a')))))]`, 'int', {
        variables: { t: `[${LARGE_TEXT}]` },
      }),
    refusal: steps,
  },
  {
    name: 'a text split by thousands of delimiters',
    template: () =>
      withOutput(
        "[split(variables('t'), map(range(0, 10000), lambda('x', string(lambdaVariables('x')))))]",
        'array',
        {
          variables: { t: `[${LARGE_TEXT}]` },
        },
      ),
    refusal: steps,
  },
  {
    name: 'each character replaced by a long text',
    template: () => withOutput(`[replace(${LARGE_TEXT}, 'a', ${LARGE_TEXT})]`, 'string'),
    refusal: /exceeds the limit/,
  },
  {
    name: 'a range of a thousand million',
    template: () => withOutput('[range(0, 1000000000)]', 'array'),
    refusal: /from 0 to 10000/,
  },
  {
    name: 'ranges of ranges of ranges',
    template: () =>
      withOutput(
        "[map(range(0, 10000), lambda('x', map(range(0, 10000), lambda('y', range(0, 10000)))))]",
        'array',
      ),
    refusal: steps,
  },
  {
    name: 'a text padded to a thousand million characters',
    template: () => withOutput("[padLeft('', 1000000000)]", 'string'),
    refusal: /exceeds the limit of '4194304' characters/,
  },
  {
    name: 'a format of hundreds of wide columns',
    template: () => withOutput(`[format('${'{0,999999}'.repeat(1_000)}', 1)]`, 'string'),
    refusal: /exceeds the limit of '4194304' characters/,
  },
  {
    name: 'a format with a width of hundreds of digits',
    template: () => withOutput(`[format('{0,${'9'.repeat(300)}}', 1)]`, 'string'),
    refusal: /not in a correct format/,
  },
  {
    name: 'a format with a pattern of ten thousand digits',
    template: () => withOutput(`[format('{0:${'#0'.repeat(5_000)}}', 1)]`, 'string'),
    refusal: /Format specifier was invalid/,
  },
  {
    name: 'a format with ten thousand decimals of a fraction',
    template: () => withOutput(`[format('{0:0.${'0'.repeat(10_000)}}', json('1.5'))]`, 'string'),
    refusal: /Format specifier was invalid/,
  },
  {
    name: 'an address of many users',
    template: () => withOutput(`[parseUri(concat('a://', ${LARGE_TEXT}, '@@@@'))]`, 'object'),
    refusal: /absolute URI/,
  },
  {
    name: 'an address of dots and slashes',
    template: () =>
      withOutput("[length(uri('http://a/b', replace(padLeft('', 1000000, 'x'), 'x', '../')))]", 'int'),
  },
  {
    name: 'an address of colons',
    template: () => withOutput("[parseUri(concat('a://', padLeft('', 2000000, ':'), '1'))]", 'object'),
    refusal: /absolute URI/,
  },
  {
    name: 'white space around a number',
    template: () => withOutput("[int(concat(padLeft('', 2000000, ' '), '1x'))]", 'int'),
    refusal: /cannot convert/,
  },
  {
    name: 'white space around a date',
    template: () =>
      withOutput("[dateTimeToEpoch(concat('2020-01-01', padLeft('', 2000000, ' '), 'x'))]", 'int'),
    refusal: /not a valid ISO8601/,
  },
  {
    name: 'percent signs that are no escapes',
    template: () => withOutput("[length(uriComponentToString(padLeft('', 3999999, '%')))]", 'int'),
  },
  {
    name: 'percent signs that are escapes of no text',
    template: () =>
      withOutput("[length(uriComponentToString(replace(padLeft('', 1000000, 'x'), 'x', '%ff')))]", 'int'),
  },
  {
    name: 'white space inside base64',
    template: () => withOutput("[length(base64ToString(padLeft('QUJD', 4000000, ' ')))]", 'int'),
  },
  {
    name: 'an address range of colons',
    template: () => withOutput("[parseCidr(padLeft('', 2000000, ':'))]", 'object'),
    refusal: /CIDR notation/,
  },
  {
    name: 'a dictionary of paths that end in slashes',
    template: () =>
      withOutput("[length(extensionResourceId(padLeft('x/', 2000000, '/'), 'a/b', 'c'))]", 'int'),
  },
  {
    name: 'an expression of 100 000 parentheses',
    template: () => withOutput(`[${'('.repeat(100_000)}]`, 'string'),
    refusal: /length limit exceeded/,
  },
  {
    name: 'an expression of 10 000 nested calls',
    template: () => withOutput(`[${'not('.repeat(6_000)}]`, 'string'),
    refusal: /nests more than '200' levels deep/,
  },
  {
    name: 'an expression of thousands of indexers',
    template: () => withOutput(`[a()${'[0]'.repeat(8_000)}]`, 'string'),
    refusal: /more than '200' properties in a row/,
  },
  {
    name: 'a body that nests 100 000 levels deep',
    template: () => {
      let value: JsonValue = 1;
      for (let level = 0; level < 100_000; level += 1) value = [value];
      return { resources: [resource('a', { properties: { value } })] };
    },
    refusal: /nests more than '250' levels deep|nests too deep/,
  },
  {
    name: 'a parameter that nests 100 000 levels deep',
    template: () => ({ resources: [], parameters: { p: { type: 'array' } } }),
    parameters: () => {
      let value: JsonValue = 1;
      for (let level = 0; level < 100_000; level += 1) value = [value];
      return { p: { value } };
    },
    refusal: /levels deep|nests too deep/,
  },
  {
    name: 'a nested deployment that nests 100 000 levels deep',
    template: () => {
      let value: JsonValue = {};
      for (let level = 0; level < 100_000; level += 1) value = { resources: [value] };
      return {
        resources: [
          {
            type: 'Microsoft.Resources/deployments',
            apiVersion: '2022-09-01',
            name: 'n',
            properties: { mode: 'Incremental', template: value },
          },
        ],
      };
    },
    refusal: /levels deep|nests too deep/,
  },
  {
    name: 'a shared value inside an expression that waits for the deployment',
    template: () => ({
      resources: [
        resource('a'),
        resource('b', { properties: { value: `[if(equals(reference('a').x, 1), ${SHARED}, 'y')]` } }),
      ],
    }),
    refusal: /exceeds the limit|evaluation steps/,
  },
  {
    name: 'a shared value put into a nested deployment',
    template: () => ({
      variables: {},
      resources: [
        {
          type: 'Microsoft.Resources/deployments',
          apiVersion: '2022-09-01',
          name: 'n',
          properties: {
            mode: 'Incremental',
            template: { resources: [], outputs: { o: { type: 'array', value: `[${SHARED}]` } } },
          },
        },
      ],
    }),
    refusal: /exceeds the limit|evaluation steps/,
  },
  {
    name: 'a nested deployment with half a million texts in 800 copies',
    template: () => ({
      resources: [
        {
          type: 'Microsoft.Resources/deployments',
          apiVersion: '2022-09-01',
          name: "[concat('n', copyIndex())]",
          copy: { name: 'c', count: 800 },
          properties: {
            mode: 'Incremental',
            template: { resources: [], variables: { list: Array.from({ length: 400_000 }, () => 1) } },
          },
        },
      ],
    }),
    refusal: steps,
  },
  {
    name: 'a variable of itself',
    template: () => withOutput("[variables('a')]", 'string', { variables: { a: "[variables('a')]" } }),
    refusal: /refers to itself/,
  },
  {
    name: 'variables in a circle',
    template: () =>
      withOutput("[variables('v0')]", 'string', {
        variables: Object.fromEntries(
          Array.from({ length: 250 }, (_item, index) => [
            `v${String(index)}`,
            `[variables('v${String((index + 1) % 250)}')]`,
          ]),
        ),
      }),
    refusal: /refers to itself/,
  },
  {
    name: 'default values in a circle',
    template: () => ({
      resources: [],
      parameters: {
        a: { type: 'string', defaultValue: "[parameters('b')]" },
        b: { type: 'string', defaultValue: "[parameters('a')]" },
      },
    }),
    refusal: /refers to itself/,
  },
  {
    name: 'types in a circle',
    template: () => ({
      resources: [],
      languageVersion: '2.0',
      definitions: { a: { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a' } },
      parameters: { p: { $ref: '#/definitions/a' } },
    }),
    refusal: /cannot be resolved/,
  },
  {
    name: 'a user function that calls itself',
    template: () =>
      withOutput('[ns.f(1)]', 'string', {
        languageVersion: '2.0',
        functions: [
          {
            namespace: 'ns',
            members: {
              f: {
                parameters: [{ name: 'x', type: 'int' }],
                output: { type: 'string', value: "[concat(ns.f(parameters('x')), ns.f(parameters('x')))]" },
              },
            },
          },
        ],
      }),
    refusal: /levels deep|nests too deep/,
  },
  {
    name: 'user functions that double what they are given',
    template: () =>
      withOutput("[ns.f25('x')]", 'array', {
        languageVersion: '2.0',
        functions: [
          {
            namespace: 'ns',
            members: Object.fromEntries(
              Array.from({ length: 26 }, (_item, index) => [
                `f${String(index)}`,
                {
                  parameters: [{ name: 'x', type: 'string' }],
                  output: {
                    type: 'string',
                    value:
                      index === 0
                        ? "[parameters('x')]"
                        : `[concat(ns.f${String(index - 1)}(parameters('x')), ns.f${String(index - 1)}(parameters('x')))]`,
                  },
                },
              ]),
            ) as JsonObject,
          },
        ],
      }),
    refusal: steps,
  },
  {
    name: 'resources that depend on each other',
    template: () => ({
      resources: [resource('a', { dependsOn: ['b'] }), resource('b', { dependsOn: ['a'] })],
    }),
    refusal: /Circular dependency detected/,
  },
  {
    name: '800 resources of which each depends on all others before it',
    template: () => ({
      resources: Array.from({ length: 800 }, (_item, index) =>
        resource(`r${String(index)}`, {
          dependsOn: Array.from({ length: index }, (_other, other) => `r${String(other)}`),
        }),
      ),
    }),
  },
  {
    name: 'more parameters than allowed',
    template: () => ({
      resources: [],
      parameters: Object.fromEntries(
        Array.from({ length: 100_000 }, (_item, index) => [
          `p${String(index)}`,
          { type: 'int', defaultValue: 1 },
        ]),
      ),
    }),
    refusal: /number of template parameters limit exceeded/,
  },
  {
    name: 'a key that is an expression without end',
    template: () => ({ resources: [resource('a', { properties: { [`[${'concat('.repeat(3_000)}]`]: 1 } })] }),
    refusal: /nests more than '200' levels deep/,
  },
  {
    name: 'a hundred thousand names in an error',
    template: () =>
      withOutput("[parameters('large').absent]", 'string', { parameters: { large: { type: 'object' } } }),
    parameters: () => ({
      large: {
        value: Object.fromEntries(
          Array.from({ length: 100_000 }, (_item, index) => [`key${String(index)}`, 1]),
        ),
      },
    }),
    refusal: /doesn't exist/,
  },
  {
    name: 'allowed values compared with a long list',
    template: () => ({
      resources: [],
      parameters: {
        p: { type: 'array', allowedValues: Array.from({ length: 100_000 }, (_item, index) => [index]) },
      },
    }),
    parameters: () => ({ p: { value: Array.from({ length: 100_000 }, (_item, index) => [-index]) } }),
    refusal: /evaluation steps|The provided value for/,
  },
];
