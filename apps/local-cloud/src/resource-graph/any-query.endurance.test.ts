import { Agent } from 'node:https';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestCloud, type TestCloud } from '../local-cloud.test-support.ts';
import { testProvider } from '../test-provider.test-support.ts';
import { graphOf, putThings, type Graph } from './graph-queries.test-support.ts';
import { readQuery } from './grammar.ts';
import { QueryError } from './query-error.ts';
import { readTokens } from './tokens.ts';

// Thousands of queries, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const runs = (usual: number) => ({ numRuns: usual * Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1) });

const agent = new Agent({ keepAlive: true });
let cloud: TestCloud;
let graph: Graph;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider] });
  graph = graphOf(cloud);
  await putThings(
    cloud,
    Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `g${index % 3}/thing-${index}`,
        {
          tags: { part: `p${index % 4}`, "it's": 'quoted' },
          properties: { size: index % 5, list: [index, 'x'], bag: { a: index }, none: null },
        },
      ]),
    ),
  );
});
afterAll(() => {
  agent.destroy();
  return cloud.close();
});

const words = [
  'Resources',
  'ResourceContainers',
  '|',
  'where',
  'project',
  'project-away',
  'extend',
  'summarize',
  'count',
  'order',
  'sort',
  'by',
  'take',
  'limit',
  'top',
  'mv-expand',
  'distinct',
  'join',
  'kind',
  '=',
  'inner',
  'on',
  '$left',
  '$right',
  'asc',
  'desc',
  'nulls',
  'first',
  'to',
  'typeof',
  'name',
  'tags',
  'properties',
  'id',
  '.',
  '[',
  ']',
  '(',
  ')',
  ',',
  ';',
  '*',
  '-',
  '+',
  '==',
  '=~',
  '!',
  'in',
  'in~',
  '!in',
  'has',
  '!contains_cs',
  'matches regex',
  'and',
  'or',
  'not',
  'tostring',
  'iff',
  'case',
  'split',
  'dcount',
  'make_list',
  'true',
  'null',
  "'text'",
  '"te\\"xt"',
  "@'ver''batim'",
  '```long\ntext```',
  "'open",
  '12',
  '1.5e3',
  '0xff',
  '7d',
  'datetime(2026-01-01)',
  'dynamic({"a":[1]})',
  'dynamic(',
  'int(null)',
  '// remark\n',
  '\n',
  '__proto__',
  'constructor',
  '{{x}}',
  '\u0000',
  '𝕊',
];
const soup = fc
  .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', ' ', '')), { maxLength: 40 })
  .map((parts) => parts.map(([word, gap]) => word + gap).join(''));
const anyText = fc.oneof(
  { weight: 3, arbitrary: soup },
  { weight: 1, arbitrary: soup.map((text) => `Resources | where ${text}`) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 100 }) },
);

/** What it may throw for a text that is no query. */
function readOrRefuse<Result>(read: () => Result): Result | QueryError {
  try {
    return read();
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
}

describe('any text', () => {
  test('is taken apart into words that are in it, in order, and cover all but spaces and remarks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = readOrRefuse(() => readTokens(text));
        if (tokens instanceof QueryError) return;
        let end = 0;
        const lines = text.split('\n');
        for (const token of tokens) {
          const between = text.slice(end, token.start).replaceAll(/\/\/[^\n]*/g, '');
          expect(between.trim()).toBe('');
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(
            lines.slice(0, token.line - 1).reduce((sum, line) => sum + line.length + 1, token.character),
          ).toBe(token.start);
          ({ end } = token);
        }
        expect(end).toBe(tokens.at(-1)!.start);
      }),
      runs(2000),
    );
  });

  test('is read as a query, or refused with where and why', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = readOrRefuse(() => readQuery(text));
        if (!(read instanceof QueryError)) return;
        expect(read.details[0]).toMatchObject({ code: 'InvalidQuery' });
        expect(read.details[1]!.message).toMatch(/\S/);
        expect(JSON.stringify(read.details).length).toBeLessThan(4_000);
      }),
      runs(3000),
    );
  });
});

const column = fc.constantFrom('name', 'id', 'location', 'resourceGroup', 'properties', 'tags', 'kind');
const literal = fc.oneof(
  fc.integer({ min: -5, max: 20 }).map(String),
  fc.constantFrom('true', 'false', "'x'", "'thing'", "''", '1d', 'now()', 'int(null)', 'dynamic([1])', '1.5'),
);
const expression: fc.Arbitrary<string> = fc.letrec<{ any: string; deep: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    column,
    literal,
    fc.constantFrom(
      'properties.size',
      'properties.list[0]',
      "tags['part']",
      'properties.bag.a',
      "tags['it\\'s']",
    ),
    tie('deep'),
  ),
  deep: fc.oneof(
    fc
      .tuple(
        tie('any'),
        fc.constantFrom(
          '==',
          '!=',
          '=~',
          '!~',
          '<',
          '>=',
          '+',
          '-',
          '*',
          '/',
          '%',
          'and',
          'or',
          'has',
          '!contains',
          'startswith_cs',
        ),
        tie('any'),
      )
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    fc
      .tuple(
        fc.constantFrom(
          'tostring',
          'toint',
          'todouble',
          'tobool',
          'todatetime',
          'tolower',
          'isnull',
          'isempty',
          'not',
          'strlen',
          'array_length',
          'bag_keys',
          'parse_json',
        ),
        tie('any'),
      )
      .map(([name, argument]) => `${name}(${argument})`),
    fc
      .tuple(
        fc.constantFrom('iff', 'case', 'substring', 'replace_string', 'split', 'strcat', 'coalesce'),
        tie('any'),
        tie('any'),
        tie('any'),
      )
      .map(([name, ...args]) => `${name}(${args.join(', ')})`),
    fc
      .tuple(tie('any'), fc.constantFrom('in', '!in', 'in~'), tie('any'), tie('any'))
      .map(([left, operator, one, other]) => `(${left}) ${operator} (${one}, ${other})`),
  ),
})).any;
const step = fc.oneof(
  expression.map((condition) => `where ${condition}`),
  expression.map((made) => `extend made = ${made}`),
  fc.tuple(column, expression).map(([kept, made]) => `project ${kept}, id, name, ${made}, properties, tags`),
  fc
    .tuple(fc.constantFrom('count()', 'dcount(name)', 'min(name)', 'make_set(location)'), expression)
    .map(([aggregate, key]) => `summarize n = ${aggregate}, id = min(id), name = max(name) by key = ${key}`),
  expression.map((key) => `order by ${key}`),
  fc.nat(15).map((rows) => `take ${rows}`),
  expression.map((list) => `mv-expand element = ${list}`),
  fc.constantFrom(
    'distinct *',
    'count',
    'project-away ta*',
    'join kind=leftouter (Resources | project id, other = name) on id',
  ),
);
const wellFormed = fc.array(step, { maxLength: 4 }).map((steps) => ['Resources', ...steps].join(' | '));

const post = async (query: string) =>
  cloud.send('POST', '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', {
    body: { query },
    agent,
    signal: AbortSignal.timeout(20_000),
  });

const byText = (one: unknown, other: unknown): number => (String(one) < String(other) ? -1 : 1);

/** A text as a literal of the language. */
const quoted = (text: string) =>
  `'${text.replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

describe('any query', () => {
  test('is answered or refused in form, and soon', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyText, wellFormed, wellFormed), async (query) => {
        const answer = await post(query);
        expect([200, 400], `${query}: ${answer.text.slice(0, 300)}`).toContain(answer.status);
        if (answer.status === 200) {
          expect(answer.json.count).toBe(answer.json.data.length);
          expect(answer.json.totalRecords).toBeGreaterThanOrEqual(answer.json.count);
          return;
        }
        expect(answer.json.error).toMatchObject({ code: 'BadRequest', details: expect.any(Array) });
        for (const detail of answer.json.error.details)
          expect(detail).toMatchObject({
            code: expect.stringMatching(/^\w+$/),
            message: expect.stringMatching(/\S/),
          });
        expect(answer.text.length).toBeLessThan(10_000);
      }),
      runs(300),
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('keeps what a text of a user says within its quotes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), soup), async (text) => {
        const rows = await graph.rows(`Resources | take 1 | project text = ${quoted(text)}`);
        expect(rows).toEqual([{ text }]);
      }),
      runs(100),
    );
  });
});

describe('laws', () => {
  test('a condition and its opposite part the rows', async () => {
    await fc.assert(
      fc.asyncProperty(expression, async (condition) => {
        const text = `tobool(tostring(${condition}))`;
        const answer = await post(`Resources | extend holds = ${text} | where holds == true | project name`);
        if (answer.status !== 200) return;
        const opposite = await post(
          `Resources | extend holds = ${text} | where not(holds == true) | project name`,
        );
        const names = [...answer.json.data, ...opposite.json.data].map(({ name }: { name: string }) => name);
        expect(names.toSorted(byText)).toEqual(await graph.sortedTexts('Resources | project name'));
      }),
      runs(40),
    );
  });

  test('sorted rows are the same rows, and taking some takes the first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('name', 'tolower(id)', 'toint(properties.size)', 'tostring(tags.part)'),
        fc.constantFrom('asc', 'desc'),
        fc.nat(14),
        async (key, direction, rows) => {
          const sorted = await graph.column(`Resources | order by ${key} ${direction}, id asc | project id`);
          expect(sorted.toSorted(byText)).toEqual(await graph.sortedTexts('Resources | project id'));
          expect(
            await graph.column(
              `Resources | order by ${key} ${direction}, id asc | take ${rows} | project id`,
            ),
          ).toEqual(sorted.slice(0, rows));
        },
      ),
      runs(40),
    );
  });

  test('groups have all rows between them, and as many as there are distinct keys', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('resourceGroup', 'tostring(tags.part)', 'toint(properties.size)', 'strlen(name)'),
        async (key) => {
          const groups = await graph.rows(
            `Resources | summarize n = count(), names = make_list(name) by key = ${key}`,
          );
          expect(groups.reduce((sum, { n }) => sum + Number(n), 0)).toBe(12);
          expect(groups.flatMap(({ names }) => names).toSorted(byText)).toEqual(
            await graph.sortedTexts('Resources | project name'),
          );
          expect(await graph.rows(`Resources | project key = ${key} | distinct key | count`)).toEqual([
            { Count: groups.length },
          ]);
        },
      ),
      runs(8),
    );
  });

  test('pages of any size have all rows in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 15 }), async (top) => {
        const query = 'Resources | order by tostring(tags.part) asc, name desc | project id';
        const all = await graph.column(query);
        const seen: unknown[] = [];
        let skipToken: string | undefined;
        do {
          const page = await graph.ask({ query, options: { top, ...(skipToken ? { skipToken } : {}) } });
          seen.push(...page.rows.map(({ id }) => id));
          ({ skipToken } = page);
        } while (skipToken);
        expect(seen).toEqual(all);
      }),
      runs(10),
    );
  });
});
