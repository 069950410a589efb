import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../local-cloud.test-support.ts';
import { HandClock, testProvider } from '../test-provider.test-support.ts';
import { graphOf, putThings, type Graph } from './graph-queries.test-support.ts';

let cloud: TestCloud;
let graph: Graph;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider], clock: new HandClock() });
  graph = graphOf(cloud);
  await putThings(cloud, {
    'alpha/web-1': {
      tags: { env: 'Prod', 'cost center': '47' },
      sku: { name: 'Small', capacity: 3 },
      properties: {
        size: 3,
        enabled: true,
        list: [1, 2, 3],
        disks: [
          { name: 'os', gb: 30 },
          { name: 'data', gb: 64 },
        ],
        bag: { b: 2, a: 1 },
        when: '2025-12-31T12:00:00Z',
        label: 'North America, west',
        'odata.type': 'thing',
        json: '{"inner":[1]}',
      },
    },
    'alpha/web-2': {
      location: 'westeurope',
      tags: { env: 'prod' },
      sku: { name: 'Large', capacity: 10 },
      properties: { size: 10, enabled: false, list: [], disks: [{ name: 'os', gb: 128 }], label: '' },
    },
    'Beta/DB-1': { properties: { size: 7.5, enabled: 'true', list: 'no list', label: 'aBc' } },
    'Beta/db-2': {},
  });
});
afterAll(() => cloud.close());

/** A literal that a query evaluates: of one row a column of its own. */
const value = async (expression: string) =>
  (await graph.rows(`Resources | take 1 | project v = ${expression}`))[0]!['v'];
/** The names of the resources for which a condition holds. */
const where = (condition: string) =>
  graph.column(`Resources | where ${condition} | order by name asc | project name`);

describe('conditions', () => {
  test.each([
    ["name == 'web-1'", ['web-1']],
    ["name == 'WEB-1'", []],
    ["name =~ 'WEB-1'", ['web-1']],
    ["name != 'web-1'", ['DB-1', 'db-2', 'web-2']],
    ["name !~ 'db-1' and name !~ 'DB-2'", ['web-1', 'web-2']],
    ["name startswith 'WEB' or name endswith '2'", ['db-2', 'web-1', 'web-2']],
    ["name startswith_cs 'WEB'", []],
    ["name !startswith 'web'", ['DB-1', 'db-2']],
    ["name !startswith_cs 'DB'", ['db-2', 'web-1', 'web-2']],
    ["name !endswith '1'", ['db-2', 'web-2']],
    ["name endswith_cs 'B-1'", ['DB-1']],
    ["name !endswith_cs 'b-1'", ['DB-1', 'db-2', 'web-2']],
    ["name contains 'EB'", ['web-1', 'web-2']],
    ["name contains_cs 'EB'", []],
    ["name !contains 'b-1'", ['db-2', 'web-2']],
    ["name !contains_cs 'B'", ['db-2', 'web-1', 'web-2']],
    ["name in ('web-1', 'DB-1', 'x')", ['DB-1', 'web-1']],
    ["name in~ ('WEB-1', 'db-1')", ['DB-1', 'web-1']],
    ["name !in ('web-1', 'web-2')", ['DB-1', 'db-2']],
    ["name !in~ ('WEB-1', 'web-2')", ['DB-1', 'db-2']],
    ['name in (dynamic(["web-1", "x"]))', ['web-1']],
    ["properties.label has 'america'", ['web-1']],
    ["properties.label has 'amer'", []],
    ["properties.label has 'north america'", ['web-1']],
    ["properties.label has_cs 'america'", []],
    ["properties.label has_cs 'America'", ['web-1']],
    ["properties.label !has 'america'", ['DB-1', 'db-2', 'web-2']],
    ["properties.label !has_cs 'AMERICA'", ['DB-1', 'db-2', 'web-1', 'web-2']],
    ["name matches regex '^[wd].*-[0-9]$'", ['db-2', 'web-1', 'web-2']],
    ["name matches regex @'(?i)^D\\w-\\d$'", ['DB-1', 'db-2']],
    ['properties.size > 3', ['DB-1', 'web-2']],
    ['properties.size >= 3 and properties.size < 10', ['DB-1', 'web-1']],
    ['properties.size == 3', ['web-1']],
    ["properties.size == '3'", ['web-1']],
    ['properties.size <= 7.5', ['DB-1', 'web-1']],
    ['properties.enabled == true', ['DB-1', 'web-1']],
    ["properties.enabled == 'true'", ['DB-1', 'web-1']],
    ['tobool(properties.enabled)', ['DB-1', 'web-1']],
    ['not(tobool(properties.enabled))', ['web-2']],
    ["tags.env =~ 'prod'", ['web-1', 'web-2']],
    ["tags['env'] == 'prod'", ['web-2']],
    ["tags.Env =~ 'prod'", []],
    ["tags['cost center'] == 47", ['web-1']],
    ["['name'] == 'web-1'", ['web-1']],
    ["properties.['odata.type'] == 'thing'", ['web-1']],
    ["properties['list'][0] == 1", ['web-1']],
    ['properties.list[-1] == 3', ['web-1']],
    ["properties.disks[1].name == 'data'", ['web-1']],
    ["properties['disks'][(1 - 1)]['gb'] > 100", ['web-2']],
    ['isnull(properties.size)', ['db-2']],
    ['isnotnull(properties.size)', ['DB-1', 'web-1', 'web-2']],
    ['isempty(properties.label)', ['db-2', 'web-2']],
    ['isnotempty(properties.label)', ['DB-1', 'web-1']],
    ["properties.label != 'aBc'", ['db-2', 'web-1', 'web-2']],
    ['properties.size != 3', ['DB-1', 'db-2', 'web-2']],
    ['array_length(properties.list) > 0', ['web-1']],
    ["location == 'westeurope'", ['web-2']],
    ["resourceGroup == 'beta'", ['DB-1', 'db-2']],
    ["type == 'microsoft.test/things' and name has 'web'", ['web-1', 'web-2']],
    ["name has '1' or name has '2' and false", ['DB-1', 'web-1']],
    ["(name has '1' or name has '2') and false", []],
    ['todatetime(properties.when) > ago(1d)', ['web-1']],
    ['todatetime(properties.when) > ago(11h)', []],
    ['todatetime(properties.when) < datetime(2026-01-01)', ['web-1']],
    ["1 == 1 and\n// a remark: | take 0\nname =~ 'web-1' // and another\n", ['web-1']],
  ] as [string, string[]][])('%s', async (condition, names) => {
    expect(await where(condition)).toEqual(names);
  });

  test('of many parts are read and evaluated', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => `name == 'n${index}'`).join(' or ');
    expect(await where(`${many} or name == 'web-1'`)).toEqual(['web-1']);
    const ids = Array.from({ length: 1000 }, (_, index) => `'/subscriptions/x/${'y'.repeat(80)}${index}'`);
    expect(await where(`name in~ (${ids.join(', ')}, 'WEB-2')`)).toEqual(['web-2']);
  });
});

describe('expressions', () => {
  test.each([
    ["'it\\'s' ' so'", "it's so"],
    ['"a\\tb\\u0041\\\\"', 'a\tbA\\'],
    ["@'c:\\dir''s'", "c:\\dir's"],
    ['```one\ntwo```', 'one\ntwo'],
    ['1 + 2 * 3 - 4 / 2', 5],
    ['7 / 2', 3],
    ['7 % 4', 3],
    ['7 / 2.0', 3.5],
    ['1 / 0', null],
    ['-(3) - -2', -1],
    ['0x1F', 31],
    ['1e3', 1000],
    ['true', true],
    ['bool(null)', null],
    ['int(null) == int(null)', null],
    ['int(null) != 1', true],
    ['int(null) > 1', null],
    ['int(null) + 1', null],
    ['bool(null) and true', false],
    ['bool(null) or true', true],
    ['not(bool(null))', null],
    ['tostring(properties.bag)', '{"b":2,"a":1}'],
    ['tostring(properties.absent)', ''],
    ['tostring(true)', 'true'],
    ['toint("12") + tolong(3.9)', 15],
    ['toint("x")', null],
    ['todouble("1.5")', 1.5],
    ['tobool("True")', true],
    ['tobool(0)', false],
    ['tobool("perhaps")', null],
    ["tolower('ÄB')", 'äb'],
    ["toupper('äb')", 'ÄB'],
    ["strcat('a', 1, true, properties.bag.a, properties.absent)", 'a1true1'],
    ["strlen('a€😀')", 3],
    ["substring('abcdef', 2)", 'cdef'],
    ["substring('abcdef', 1, 2)", 'bc'],
    ["substring('abcdef', -2)", 'ef'],
    ["substring('abc', 5, 2)", ''],
    ["replace_string('a.b.c', '.', '-')", 'a-b-c'],
    ["split('a/b/c', '/')", ['a', 'b', 'c']],
    ["split('a/b/c', '/')[1]", 'b'],
    ["split('a/b/c', '/', 2)", ['c']],
    ["split('a/b/c', '/', 9)", null],
    ['array_length(properties.list)', 3],
    ['array_length(properties.bag)', null],
    ['bag_keys(properties.bag)', ['b', 'a']],
    ['bag_keys(properties.list)', null],
    ['parse_json(tostring(properties.json)).inner[0]', 1],
    ["parse_json('no json')", 'no json'],
    ["iff(1 > 2, 'a', 'b')", 'b'],
    ["iif(bool(null), 'a', 'b')", 'b'],
    ["case(1 > 2, 'a', 2 > 1, 'b', 'c')", 'b'],
    ['case(false, 1, false, 2.5, 3)', 3],
    ['coalesce(properties.absent, properties.bag.b)', 2],
    ["coalesce('', 'x')", 'x'],
    ["coalesce(sku.name, properties.absent, '')", 'Small'],
    ['datetime(2026-01-02T03:04:05.678Z)', '2026-01-02T03:04:05.6780000Z'],
    ['datetime(2026-01-02 03:04)', '2026-01-02T03:04:00.0000000Z'],
    ['now()', '2026-01-01T00:00:00.0000000Z'],
    ['datetime()', '2026-01-01T00:00:00.0000000Z'],
    ['now(-1h)', '2025-12-31T23:00:00.0000000Z'],
    ['ago(90m)', '2025-12-31T22:30:00.0000000Z'],
    ['now() - datetime(2025-12-30 12:00)', '1.12:00:00'],
    ['datetime(2026-01-01) + 1d + 1500ms', '2026-01-02T00:00:01.5000000Z'],
    ['2 * 36h', '3.00:00:00'],
    ['1d / 6h', 4],
    ['tostring(1.5h)', '01:30:00'],
    ['totimespan("1.02:03:04") > 1d', true],
    ['time(00:05:00)', '00:05:00'],
    ['datetime(9999-12-31) + 10d', null],
    ['todatetime("no time")', null],
    ['dynamic({"a": [1, ")"]}).a[1]', ')'],
    ['real(2.5) + long(2)', 4.5],
  ] as [string, unknown][])('%s', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });
});

describe('operators', () => {
  test('project names columns as Kusto does', async () => {
    const [row] = await graph.rows(
      "Resources | where name == 'web-1' | project name, properties.disks[0].name, tags['cost center'], tostring(sku.name), strlen(name), tolower(name), 1, name, n = name",
    );
    expect(Object.entries(row!)).toEqual([
      ['name', 'web-1'],
      ['properties_disks_0_name', 'os'],
      ['tags_cost center', '47'],
      ['sku_name', 'Small'],
      ['strlen_name', 5],
      ['Column1', 'web-1'],
      ['Column2', 1],
      ['name1', 'web-1'],
      ['n', 'web-1'],
    ]);
  });

  test('extend adds columns, and replaces one where it stands', async () => {
    const [extended] = await graph.rows(
      "Resources | where name == 'web-1' | project name, size = properties.size | extend name = toupper(name), double = toint(size) * 2",
    );
    expect(Object.entries(extended!)).toEqual([
      ['name', 'WEB-1'],
      ['size', 3],
      ['double', 6],
    ]);
  });

  test('project-away takes columns away, by name or pattern', async () => {
    const [row] = await graph.rows('Resources | project name, nature = 1, kind, id | project-away na*, *nd');
    expect(Object.keys(row!)).toEqual(['id']);
    const { details } = await graph.refusal('Resources | project-away nothing');
    expect(details[1]).toMatchObject({
      code: 'InvalidColumnNames',
      message: expect.stringContaining('[nothing]'),
    });
  });

  test('order by sorts downwards unless told otherwise, and knows where nulls go', async () => {
    const sorted = (order: string) =>
      graph.column(`Resources | extend size = todouble(properties.size) | order by ${order} | project name`);
    expect(await sorted('size')).toEqual(['web-2', 'DB-1', 'web-1', 'db-2']);
    expect(await sorted('size asc')).toEqual(['db-2', 'web-1', 'DB-1', 'web-2']);
    expect(await sorted('size asc nulls last')).toEqual(['web-1', 'DB-1', 'web-2', 'db-2']);
    expect(await sorted('size desc nulls first')).toEqual(['db-2', 'web-2', 'DB-1', 'web-1']);
    expect(await sorted('resourceGroup asc, name desc')).toEqual(['web-2', 'web-1', 'db-2', 'DB-1']);
    expect(await graph.column('Resources | sort by tolower(name) asc | project name')).toEqual([
      'DB-1',
      'db-2',
      'web-1',
      'web-2',
    ]);
  });

  test('take, limit and top take rows, count counts them', async () => {
    expect(await graph.rows('Resources | take 3')).toHaveLength(3);
    expect(await graph.rows('Resources | limit 0')).toEqual([]);
    expect(await graph.column('Resources | top 2 by name asc | project name')).toEqual(['DB-1', 'db-2']);
    expect(await graph.rows("Resources | where name startswith 'w' | count")).toEqual([{ Count: 2 }]);
  });

  test('distinct keeps each row once', async () => {
    expect(await graph.rows('Resources | distinct resourceGroup, type | order by resourceGroup asc')).toEqual(
      [
        { resourceGroup: 'alpha', type: 'microsoft.test/things' },
        { resourceGroup: 'beta', type: 'microsoft.test/things' },
      ],
    );
    expect(await graph.rows('Resources | project type | distinct *')).toHaveLength(1);
  });

  test('a query without a table is about Resources, and a table is found whatever its case', async () => {
    expect(await graph.column("where name == 'web-1' | project name")).toEqual(['web-1']);
    expect(await graph.column('resources | top 1 by name asc | project name')).toEqual(['DB-1']);
    expect(await graph.column('RESOURCECONTAINERS | order by name asc | project name;')).toEqual([
      'Beta',
      'Local subscription',
      'alpha',
    ]);
  });
});

describe('summarize', () => {
  test('aggregates groups of rows', async () => {
    expect(
      await graph.rows(
        'Resources | extend size = todouble(properties.size) | summarize count(), countif(size > 5), sum(size), min(size), max(size), avg(size), dcount(location) by resourceGroup | order by resourceGroup asc',
      ),
    ).toEqual([
      {
        resourceGroup: 'alpha',
        count_: 2,
        countif_: 1,
        sum_size: 13,
        min_size: 3,
        max_size: 10,
        avg_size: 6.5,
        dcount_location: 2,
      },
      {
        resourceGroup: 'beta',
        count_: 2,
        countif_: 1,
        sum_size: 7.5,
        min_size: 7.5,
        max_size: 7.5,
        avg_size: 7.5,
        dcount_location: 1,
      },
    ]);
  });

  test('makes lists and sets, and takes any value that says something', async () => {
    expect(
      await graph.rows(
        'Resources | order by name asc | summarize make_list(name), make_set(location), make_list(name, 1), take_any(tostring(tags.env)), any(type)',
      ),
    ).toEqual([
      {
        list_name: ['DB-1', 'db-2', 'web-1', 'web-2'],
        set_location: ['eastus', 'westeurope'],
        list_name1: ['DB-1'],
        tags_env: 'Prod',
        any_type: 'microsoft.test/things',
      },
    ]);
  });

  test('calculates with aggregates, names what it is told to, and groups by expressions', async () => {
    expect(
      await graph.rows(
        "Resources | summarize share = 100.0 * countif(name startswith 'web') / count(), many = iff(count() > 3, 'yes', 'no')",
      ),
    ).toEqual([{ share: 50, many: 'yes' }]);
    expect(
      await graph.rows(
        'Resources | summarize count() by tostring(properties.enabled), first = substring(name, 0, 1) | order by first asc, count_ asc',
      ),
    ).toEqual([
      { properties_enabled: 'true', first: 'D', count_: 1 },
      { properties_enabled: '', first: 'd', count_: 1 },
      { properties_enabled: 'true', first: 'w', count_: 1 },
      { properties_enabled: 'false', first: 'w', count_: 1 },
    ]);
  });

  test('without groups gives one row, also of nothing', async () => {
    expect(
      await graph.rows(
        'Resources | where false | summarize count(), sum(1), avg(1), min(1), max(name), make_list(name), dcount(name)',
      ),
    ).toEqual([
      {
        count_: 0,
        sum_: 0,
        avg_: null,
        min_: null,
        max_name: '',
        list_name: [],
        dcount_name: 0,
      },
    ]);
    expect(await graph.rows('Resources | where false | summarize count() by name')).toEqual([]);
    expect(await graph.column('Resources | summarize by resourceGroup | order by resourceGroup asc')).toEqual(
      ['alpha', 'beta'],
    );
  });
});

describe('mv-expand', () => {
  test('makes a row of each element, and keeps rows that have no list', async () => {
    expect(
      await graph.rows(
        'Resources | order by name asc | mv-expand disk = properties.disks | project name, disk.name, disk.gb',
      ),
    ).toEqual([
      { name: 'DB-1', disk_name: null, disk_gb: null },
      { name: 'db-2', disk_name: null, disk_gb: null },
      { name: 'web-1', disk_name: 'os', disk_gb: 30 },
      { name: 'web-1', disk_name: 'data', disk_gb: 64 },
      { name: 'web-2', disk_name: 'os', disk_gb: 128 },
    ]);
    expect(
      await graph.rows(
        'Resources | order by name asc | project name, list = properties.list | mvexpand list | project name, list',
      ),
    ).toEqual([
      { name: 'DB-1', list: 'no list' },
      { name: 'db-2', list: null },
      { name: 'web-1', list: 1 },
      { name: 'web-1', list: 2 },
      { name: 'web-1', list: 3 },
    ]);
  });

  test('goes through several side by side, with types, places and a limit', async () => {
    expect(
      await graph.rows(
        "Resources | where name == 'web-1' | project list = properties.list, disks = properties.disks | mv-expand with_itemindex=at list to typeof(long), disks limit 2 | extend disks = disks.name",
      ),
    ).toEqual([
      { list: 1, disks: 'os', at: 0 },
      { list: 2, disks: 'data', at: 1 },
    ]);
    expect(
      await graph.rows(
        "Resources | where name == 'web-1' | project list = properties.list | mv-expand list to typeof(string)",
      ),
    ).toEqual([{ list: '' }, { list: '' }, { list: '' }]);
  });

  test('takes property bags apart', async () => {
    const bag = "Resources | where name == 'web-1' | project bag = properties.bag";
    expect(await graph.column(`${bag} | mv-expand bag`)).toEqual([{ b: 2 }, { a: 1 }]);
    expect(await graph.column(`${bag} | mv-expand kind=array bag | project tostring(bag[0])`)).toEqual([
      'b',
      'a',
    ]);
  });
});

describe('join', () => {
  const groups =
    "ResourceContainers | where type == 'microsoft.resources/subscriptions/resourcegroups' | project resourceGroup, groupName = name";

  test('puts rows with equal keys side by side; names that are there twice get a number', async () => {
    expect(
      await graph.rows(
        `Resources | project name, resourceGroup | join kind=inner (${groups}) on resourceGroup | order by name asc`,
      ),
    ).toEqual([
      { name: 'DB-1', resourceGroup: 'beta', resourceGroup1: 'beta', groupName: 'Beta' },
      { name: 'db-2', resourceGroup: 'beta', resourceGroup1: 'beta', groupName: 'Beta' },
      { name: 'web-1', resourceGroup: 'alpha', resourceGroup1: 'alpha', groupName: 'alpha' },
      { name: 'web-2', resourceGroup: 'alpha', resourceGroup1: 'alpha', groupName: 'alpha' },
    ]);
  });

  test('takes one row of the left side per key, unless told otherwise', async () => {
    expect(
      await graph.column(
        `Resources | order by name asc | project name, resourceGroup | join (${groups}) on resourceGroup | project name`,
      ),
    ).toEqual(['DB-1', 'web-1']);
  });

  test('keeps rows without a match where it is told to, and compares columns of different names', async () => {
    expect(
      await graph.rows(
        `Resources | project name | join kind=leftouter (Resources | where name startswith 'web' | project other = name, size = toint(properties.size)) on $left.name == $right.other | order by name asc`,
      ),
    ).toEqual([
      { name: 'DB-1', other: '', size: null },
      { name: 'db-2', other: '', size: null },
      { name: 'web-1', other: 'web-1', size: 3 },
      { name: 'web-2', other: 'web-2', size: 10 },
    ]);
  });

  test('on several columns, and with a whole table', async () => {
    expect(
      await graph.rows(
        'Resources | project name, id | join kind=inner Resources on name, $right.id == $left.id | project name, type | order by name asc | limit 1',
      ),
    ).toEqual([{ name: 'DB-1', type: 'microsoft.test/things' }]);
  });
});
