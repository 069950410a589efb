import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestCloud, subscription, type TestCloud } from '../local-cloud.test-support.ts';
import { HandClock, testProvider } from '../test-provider.test-support.ts';
import { graphOf, putThings, type Graph } from './graph-queries.test-support.ts';

// Dozens of resources are made first, on a machine that may be busy.
vi.setConfig({ hookTimeout: 60_000 });

const path = '/providers/Microsoft.ResourceGraph/resources';
const clock = new HandClock();
let cloud: TestCloud;
let graph: Graph;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider], clock });
  graph = graphOf(cloud);
  const names = Array.from({ length: 25 }, (_, index) => `t${String(index).padStart(2, '0')}`);
  await putThings(
    cloud,
    Object.fromEntries(
      names.map((name, index) => [
        `pages/${name}`,
        { tags: { third: String(index % 3) }, properties: { index } },
      ]),
    ),
  );
});
afterAll(() => cloud.close());

const post = (body: object | string, version = '2024-04-01') =>
  cloud.send('POST', `${path}?api-version=${version}`, { body });

describe('what a query is about', () => {
  test.each([
    ['nothing in particular', {}],
    ['no subscription in particular', { subscriptions: [] }],
    ['the subscription', { subscriptions: [subscription] }],
    [
      'the subscription and one that cannot be read',
      { subscriptions: ['33333333-3333-3333-3333-333333333333', subscription.toUpperCase()] },
    ],
    ['the root management group', { managementGroups: ['22222222-2222-2222-2222-222222222222'] }],
  ])('can be %s', async (_name, scope) => {
    expect((await graph.ask({ ...scope, query: 'Resources | count' })).rows).toEqual([{ Count: 25 }]);
  });

  test.each([
    [
      'a subscription that cannot be read',
      { subscriptions: ['33333333-3333-3333-3333-333333333333'] },
      'NoValidSubscriptionsInQueryRequest',
    ],
    ['a group that is none', { managementGroups: ['others'] }, 'NoValidSubscriptionsInQueryRequest'],
    ['what is no id', { subscriptions: ['mine'] }, 'SubscriptionsContainInvalidGuids'],
    ['two kinds of things', { subscriptions: [subscription], managementGroups: ['x'] }, 'BadScope'],
  ])('cannot be %s', async (_name, scope, code) => {
    const refusal = await graph.refusal({ ...scope, query: 'Resources' });
    expect(refusal).toMatchObject({ statusCode: 400, code: 'BadRequest', details: [{ code }] });
  });
});

describe('pages', () => {
  const query = 'Resources | project id, name | order by name desc';

  test('follow each other, and end', async () => {
    const seen: string[] = [];
    const counts: number[] = [];
    let skipToken: string | undefined;
    do {
      const answer = await graph.ask({
        query,
        options: skipToken === undefined ? { top: 10 } : { skipToken },
      });
      expect([answer.totalRecords, answer.resultTruncated]).toEqual([25, 'false']);
      counts.push(answer.count);
      seen.push(...answer.rows.map(({ name }) => String(name)));
      ({ skipToken } = answer);
    } while (skipToken !== undefined);
    expect(counts).toEqual([10, 10, 5]);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect(new Set(seen).size).toBe(25);
  });

  test('go on behind the last row of the one before, whatever came and went', async () => {
    const { skipToken } = await graph.ask({ query, options: { top: 10 } });
    await putThings(cloud, { 'pages/t99': {} });
    const second = await graph.ask({ query, options: { skipToken: skipToken!, top: 3 } });
    expect(second.rows.map(({ name }) => name)).toEqual(['t14', 't13', 't12']);
    await cloud.send(
      'DELETE',
      `/subscriptions/${subscription}/resourceGroups/pages/providers/Microsoft.Test/things/t99?api-version=2026-01-01`,
    );
    await vi.waitFor(async () => expect((await graph.ask(query)).totalRecords).toBe(25), { timeout: 15_000 });
    const third = await graph.ask({ query, options: { skipToken: second.skipToken! } });
    expect(third.rows[0]).toMatchObject({ name: 't11' });
    expect(third.count).toBe(3);
  });

  test('of expanded rows go on at the right one of several with the same id', async () => {
    const expanded = `Resources | where name == 't01' | extend part = split('a,b,c,d', ',') | mv-expand part | project id, part`;
    const first = await graph.ask({ query: expanded, options: { top: 3 } });
    const second = await graph.ask({ query: expanded, options: { skipToken: first.skipToken! } });
    expect([...first.rows, ...second.rows].map(({ part }) => part)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('can begin anywhere, unless the query takes a number of rows itself', async () => {
    const answer = await graph.ask({ query, options: { top: 2, skip: 5 } });
    expect(answer.rows.map(({ name }) => name)).toEqual(['t19', 't18']);
    const next = await graph.ask({ query, options: { skipToken: answer.skipToken! } });
    expect(next.rows.map(({ name }) => name)).toEqual(['t17', 't16']);
    const taken = await graph.ask({ query: `${query} | limit 3`, options: { skip: 2 } });
    expect([taken.count, taken.totalRecords]).toEqual([3, 3]);
    expect((await graph.ask({ query, options: { skip: 100 } })).rows).toEqual([]);
  });

  test('without ids end with the first', async () => {
    const answer = await graph.ask({ query: 'Resources | project name', options: { top: 10 } });
    expect(answer).toMatchObject({
      totalRecords: 25,
      count: 10,
      resultTruncated: 'true',
      skipToken: undefined,
    });
  });

  test('of another query, another scope or nobody are refused', async () => {
    const { skipToken } = await graph.ask({ query, options: { top: 10 } });
    const changed = Buffer.from(
      Buffer.from(skipToken!, 'base64').toString().replace('"offset\\":10', '"offset\\":11'),
    );
    const wrong = [
      { query: `${query} | where true`, options: { skipToken: skipToken! } },
      { query, subscriptions: [subscription], options: { skipToken: skipToken! } },
      { query, options: { skipToken: changed.toString('base64') } },
      { query, options: { skipToken: 'ew0KICAi' } },
      { query, options: { skipToken: '%%%' } },
      { query, options: { skipToken: Buffer.from('[1, 2]').toString('base64') } },
    ];
    for (const request of wrong)
      expect(await graph.refusal(request)).toMatchObject({
        statusCode: 400,
        code: 'BadRequest',
        details: [
          { code: 'InvalidSkipToken', message: expect.stringContaining('Ask for the first page again') },
        ],
      });
  });
});

/** What the headers of an answer tell of the quota. */
const quota = async () => {
  const { headers } = await post({ query: 'Resources | take 1' });
  expect(headers['x-ms-resource-graph-request-duration']).toMatch(/^0:00:00:\d\d\.\d{7}$/);
  return [headers['x-ms-user-quota-remaining'], headers['x-ms-user-quota-resets-after']];
};

describe('answers', () => {
  test('come as a table, too, with the types of the columns', async () => {
    const { data } = await graph.client.resources({
      query:
        "Resources | where name == 't01' | project name, n = toint(properties.index), half = 0.5, yes = true, at = now(), span = 1h, tags",
      options: { resultFormat: 'table' },
    });
    expect(data).toEqual({
      columns: [
        { name: 'name', type: 'string' },
        { name: 'n', type: 'integer' },
        { name: 'half', type: 'number' },
        { name: 'yes', type: 'boolean' },
        { name: 'at', type: 'datetime' },
        { name: 'span', type: 'string' },
        { name: 'tags', type: 'object' },
      ],
      rows: [['t01', 1, 0.5, true, '2026-01-01T00:00:00.0000000Z', '01:00:00', { third: '1' }]],
    });
  });

  test('tell what remains of the quota, which is full again after five seconds', async () => {
    clock.advance(10_000);
    expect(await quota()).toEqual(['14', '00:00:05']);
    clock.advance(3_500);
    expect(await quota()).toEqual(['13', '00:00:02']);
    for (let query = 0; query < 20; query += 1) await quota();
    expect(await quota()).toEqual(['0', '00:00:02']);
    clock.advance(1_500);
    expect(await quota()).toEqual(['14', '00:00:05']);
  });

  test.each(['2021-03-01', '2022-10-01', '2024-04-01'])('are given in version %s', async (version) => {
    const answer = await post({ query: 'Resources | count' }, version);
    expect([answer.status, answer.json]).toEqual([
      200,
      { totalRecords: 1, count: 1, data: [{ Count: 25 }], facets: [], resultTruncated: 'false' },
    ]);
  });

  test('are not given in other versions', async () => {
    const answer = await post({ query: 'Resources' }, '2019-04-01');
    expect([answer.status, answer.json.error.code]).toEqual([404, 'InvalidResourceType']);
    expect(answer.json.error.message).toContain("'2024-04-01,2022-10-01,2021-03-01'");
  });

  test('are given to those who look the provider up first', async () => {
    expect(await cloud.resources.providers.get('microsoft.resourcegraph')).toMatchObject({
      namespace: 'Microsoft.ResourceGraph',
      registrationState: 'Registered',
      resourceTypes: [{ resourceType: 'resources' }],
    });
  });
});

describe('facets', () => {
  test('count the values of columns, each on its own', async () => {
    const { facets } = await graph.client.resources({
      query: 'Resources | project name, tags.third, tags',
      facets: [
        { expression: 'tags_third' },
        { expression: 'tags.third', options: { sortBy: 'tags_third', sortOrder: 'desc', top: 1 } },
        { expression: 'name', options: { filter: "name endswith '1'", sortBy: 'name', sortOrder: 'asc' } },
        { expression: 'nothing' },
        { expression: 'name |' },
      ],
    });
    expect(facets).toMatchObject([
      {
        expression: 'tags_third',
        resultType: 'FacetResult',
        totalRecords: 3,
        count: 3,
        data: [
          { tags_third: '0', count: 9 },
          { tags_third: '1', count: 8 },
          { tags_third: '2', count: 8 },
        ],
      },
      { resultType: 'FacetResult', totalRecords: 3, count: 1, data: [{ tags_third: '2', count: 8 }] },
      {
        resultType: 'FacetResult',
        data: [
          { name: 't01', count: 1 },
          { name: 't11', count: 1 },
          { name: 't21', count: 1 },
        ],
      },
      {
        expression: 'nothing',
        resultType: 'FacetError',
        errors: [
          { code: 'NoValidColumns', message: 'No valid columns in facet expression.' },
          { code: 'InvalidColumnNames', message: 'Invalid column names: [nothing].' },
        ],
      },
      { expression: 'name |', resultType: 'FacetError' },
    ]);
  });
});

describe('refusals', () => {
  test('have the form of Azure, with the correlation id and where it is', async () => {
    const answer = await cloud.send('POST', `${path}?api-version=2024-04-01`, {
      body: { query: 'Resources\n| where where' },
      headers: { 'x-ms-correlation-request-id': '6f6b1c1e-0000-4000-8000-00000000abcd' },
    });
    expect(answer.status).toBe(400);
    expect(answer.json.error).toEqual({
      code: 'BadRequest',
      message: expect.stringMatching(
        /^Please provide below info when asking for support: timestamp = 2026-01-01T00:00:\d\d\.\d{7}Z, correlationId = 6f6b1c1e-0000-4000-8000-00000000abcd\.$/,
      ),
      details: [
        { code: 'InvalidQuery', message: expect.stringContaining('Query is invalid.') },
        {
          code: 'InvalidColumnNames',
          message: 'Invalid column names: [where].',
          line: 2,
          characterPositionInLine: 8,
          token: 'where',
        },
      ],
    });
  });

  test.each([
    ['Resources | where', 'ParserFailure', 1, 17, '<EOF>', 'an expression'],
    ['Resources | where name ==', 'ParserFailure', 1, 25, '<EOF>', 'an expression'],
    ['Resources where', 'ParserFailure', 1, 10, 'where', '|'],
    ["Resources | where name == 'x' y", 'ParserFailure', 1, 30, 'y', '|'],
    ['Resources |\n| take 1', 'ParserFailure', 2, 0, '|', 'an operator'],
    ['Resources | take', 'ParserFailure', 1, 16, '<EOF>', 'number'],
    ['Resources | take -5', 'ParserFailure', 1, 17, '-', 'number'],
    ['Resources | order name', 'ParserFailure', 1, 18, 'name', 'by'],
    ["Resources | where name == 'x", 'ParserFailure', 1, 26, "'", "'"],
    ['', 'ParserFailure', 1, 0, '<EOF>', 'a table'],
    ['Resources | where (name', 'ParserFailure', 1, 23, '<EOF>', ')'],
  ])('of %s say what is expected where', async (query, code, line, character, token, expectedToken) => {
    const { details } = await graph.refusal(query);
    expect(details).toMatchObject([
      { code: 'InvalidQuery' },
      {
        code,
        line,
        ...(character === 0 ? {} : { characterPositionInLine: character }),
        token,
        expectedToken,
      },
    ]);
  });

  test.each([
    [
      'Resources | parse id with *',
      'ParserFailure',
      12,
      'parse',
      /operator parse is not supported .* mv-expand/,
    ],
    ['Resources | union ResourceContainers', 'ParserFailure', 12, 'union', /operator union/],
    ['Resources | project-rename a = name', 'ParserFailure', 12, 'project-rename', /operator project-rename/],
    ['Resources | mv-apply x = tags on (take 1)', 'ParserFailure', 12, 'mv-apply', /operator mv-apply/],
    ['Resources | bogus name', 'ParserFailure', 12, 'bogus', /operator bogus/],
    ["Resources | where name hasprefix 'x'", 'ParserFailure', 23, 'hasprefix', /operator hasprefix/],
    ["Resources | where name !has_any ('x')", 'ParserFailure', 23, '!has_any', /operator !has_any/],
    ['let x = 1; Resources', 'ParserFailure', 0, 'let', /Statements are not supported/],
    ['Resources | extend x = cout()', 'UnknownFunction', 23, 'cout', /Unknown function: 'cout'/],
    [
      'Resources | extend x = count()',
      'UnknownFunction',
      23,
      'count',
      /an aggregate, which only summarize has/,
    ],
    ['Resources | summarize arg_max(id, *)', 'ParserFailure', 34, '*', /an expression is expected/],
    [
      'Resources | summarize percentile(1, 2)',
      'UnknownFunction',
      22,
      'percentile',
      /summarize also count, countif/,
    ],
    ['Resources | where Name == 1', 'InvalidColumnNames', 18, 'Name', /case-sensitive: there is name/],
    [
      'Things | take 1',
      'DisallowedLogicalTableName',
      0,
      'Things',
      /Table Things is invalid.*ResourceContainers/,
    ],
    ['Resources | join kind=leftsemi Resources on id', 'UnsupportedJoinFlavor', 22, 'leftsemi', /"leftsemi"/],
    ['Resources | where tags', 'InvalidQuery', 18, 'tags', /must be of type bool.*tobool/],
    ['Resources | where name', 'InvalidQuery', 18, 'name', /must be of type bool/],
    [
      'Resources | where name < 5',
      'InvalidQuery',
      18,
      'name',
      /Cannot compare values of types string and long/,
    ],
    ["Resources | where name < 'x'", 'InvalidQuery', 18, 'name', /Cannot compare/],
    ['Resources | where tags == properties', 'InvalidQuery', 18, 'tags', /dynamic and dynamic/],
    [
      'Resources | order by properties.index',
      'InvalidQuery',
      31,
      '.',
      /sorted by is of type dynamic.*tostring/,
    ],
    ['Resources | summarize count() by tags', 'InvalidQuery', 33, 'tags', /grouped by is of type dynamic/],
    ['Resources | summarize sum(tags.third)', 'InvalidQuery', 22, 'sum', /adds up numbers/],
    ['Resources | join Resources on tags', 'InvalidQuery', 30, 'tags', /joined on is of type dynamic/],
    ['Resources | mv-expand name', 'InvalidQuery', 22, 'name', /arrays and property bags/],
    ['Resources | mv-expand tags limit 500', 'InvalidQuery', 33, '500', /400 at most/],
    ['Resources | extend x = name + name', 'InvalidQuery', 23, 'name', /does not work on values/],
    ['Resources | extend x = name.part', 'InvalidQuery', 27, '.', /Only values of type dynamic have parts/],
    ["Resources | extend x = iff(true, 1, 'a')", 'InvalidQuery', 23, 'iff', /values of one type/],
    ['Resources | extend x = strlen()', 'InvalidQuery', 23, 'strlen', /takes 1 arguments; there are 0/],
    ["Resources | where name matches regex '('", 'InvalidQuery', 18, 'name', /not valid in RE2/],
    ["Resources | where name matches regex '(?=a)'", 'InvalidQuery', 18, 'name', /not valid in RE2/],
    ['Resources | where name matches regex name', 'InvalidQuery', 18, 'name', /must be a text in quotes/],
    ['Resources | extend x = datetime(yesterday)', 'ParserFailure', 23, 'datetime(yesterday)', /no literal/],
    ['Resources | extend x = dynamic({a})', 'ParserFailure', 23, 'dynamic({a})', /no literal/],
    ['Resources | extend x = `', 'ParserFailure', 23, '`', /has no meaning here/],
  ] as [string, string, number, string, RegExp][])(
    'of %s say why',
    async (query, code, character, token, why) => {
      const { statusCode, details } = await graph.refusal(query);
      expect(statusCode).toBe(400);
      expect(details[1]).toMatchObject({
        code,
        message: expect.stringMatching(why),
        characterPositionInLine: character,
        token,
      });
    },
  );

  test.each([
    ['no query', {}],
    ['a query that is no text', { query: 5 }],
    ['a page of no rows', { query: 'Resources', options: { $top: 0 } }],
    ['a page of too many rows', { query: 'Resources', options: { $top: 1001 } }],
    ['a negative skip', { query: 'Resources', options: { $skip: -1 } }],
    ['a format that is none', { query: 'Resources', options: { resultFormat: 'csv' } }],
    ['subscriptions that are no list', { query: 'Resources', subscriptions: subscription }],
    ['facets that are none', { query: 'Resources', facets: [5] }],
    [
      'too many facets',
      { query: 'Resources', facets: Array.from({ length: 11 }, () => ({ expression: 'name' })) },
    ],
  ])('of a request with %s name the member', async (_name, body) => {
    const answer = await post(body);
    expect([answer.status, answer.json.error.code]).toEqual([400, 'InvalidRequestContent']);
    expect(answer.json.error.message).toMatch(/query|\$top|\$skip|resultFormat|subscriptions|facets/);
  });

  test.each(['', '[]', '"Resources"', '{', 'null'])('of the body %s are in form', async (body) => {
    const answer = await post(body);
    expect([answer.status, answer.json.error.code]).toEqual([400, 'InvalidRequestContent']);
  });

  test('of other methods are in form', async () => {
    const answer = await cloud.send('GET', `${path}?api-version=2024-04-01`);
    expect([answer.status, answer.json.error.code]).toEqual([405, 'MethodNotAllowed']);
  });
});

/** A query that makes something of what it has made before, over and over. */
const growing = (start: string, step: (name: string) => string, steps: number): string =>
  Array.from({ length: steps }, () => `| extend x = ${step('x')}`).reduce(
    (query, line) => `${query} ${line}`,
    `Resources | extend x = ${start}`,
  );

describe('what takes too much is refused in time', () => {
  test.each([
    ['a query of many characters', `Resources | where name == '${'x'.repeat(300_000)}'`, 'QueryTooLarge'],
    ['deep parentheses', `Resources | where ${'('.repeat(5_000)}true${')'.repeat(5_000)}`, 'ParserFailure'],
    ['deep calls', `Resources | where ${'not('.repeat(5_000)}true${')'.repeat(5_000)}`, 'ParserFailure'],
    ['many signs', `Resources | extend x = ${'-'.repeat(5_000)}1`, 'ParserFailure'],
    ['long sums', `Resources | extend x = 1${' + 1'.repeat(5_000)}`, 'ParserFailure'],
    ['long paths', `Resources | extend x = properties${'.a'.repeat(5_000)}`, 'ParserFailure'],
    ['deep joins', `Resources${' | join (Resources'.repeat(100)}`, 'QueryTooLarge'],
    [
      'many joins',
      `Resources${' | join kind=inner (Resources | project id) on id'.repeat(4)}`,
      'QueryTooLarge',
    ],
    ['many expansions', `Resources${' | mv-expand tags'.repeat(4)}`, 'QueryTooLarge'],
    [
      'all with all',
      'Resources | extend k = 1 | join kind=inner (Resources | extend k = 1) on k | join kind=inner (Resources | extend k = 1) on k | join kind=inner (Resources | extend k = 1) on k',
      'QueryTooLarge',
    ],
    [
      'lists of lists',
      `Resources | extend l = split('${'a,'.repeat(300)}', ',') | mv-expand l1 = l limit 400 | mv-expand l2 = l limit 400 | mv-expand l3 = l limit 400`,
      'QueryTooLarge',
    ],
    ['texts that double', growing("'0123456789'", (x) => `strcat(${x}, ${x})`, 40), 'QueryTooLarge'],
    [
      'texts that are replaced by longer ones',
      growing("'aaaaaaaaaa'", (x) => `replace_string(${x}, 'a', ${x})`, 10),
      'QueryTooLarge',
    ],
    ['long texts to look for', `Resources | where name contains '${'x'.repeat(2_000)}'`, 'QueryTooLarge'],
    [
      'regular expressions on long texts',
      `${growing("'0123456789'", (x) => `strcat(${x}, ${x})`, 16)} | where x matches regex '(1|12|123)+4?5?6?7?8?9?$'`,
      'QueryTimeout',
    ],
    [
      'large regular expressions',
      `Resources | where name matches regex '(a{900}){1,9}(b{900}){1,9}'`,
      'InvalidQuery',
    ],
    [
      'enormous answers',
      `${growing("'0123456789'", (x) => `strcat(${x}, ${x})`, 16)} | extend l = dynamic(null) | project x, x2 = x, x3 = x`,
      'ResponsePayloadTooLarge',
    ],
    [
      'many columns',
      `Resources | project ${Array.from({ length: 600 }, (_, index) => `c${index} = 1`).join(', ')}`,
      'QueryTooLarge',
    ],
  ])('%s', async (_name, query, code) => {
    const { statusCode, details } = await graph.refusal(query);
    expect(statusCode).toBe(400);
    expect(details.map((detail) => detail['code'])).toContain(code);
  });
});
