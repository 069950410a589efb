import { describe, expect, it } from 'vitest';
import type { ListColumn } from './list-column.ts';
import { listAsCsv } from './list-csv.ts';
import { linesOf, rowsInView, shownColumns, valueCounts } from './list-rows.ts';
import { listSearchSchema, readListSearch, writeListSearch } from './list-search.ts';

interface Boat {
  name: string;
  berth: string;
  crew: number;
  flags: readonly string[];
}
const columns: readonly ListColumn<Boat>[] = [
  { id: 'name', label: 'Name', text: ({ name }) => name, width: 100 },
  { id: 'berth', label: 'Berth', text: ({ berth }) => berth, width: 100, isShared: true, isGroup: true },
  { id: 'crew', label: 'Crew', text: ({ crew }) => String(crew), order: ({ crew }) => crew, width: 100 },
  {
    id: 'flags',
    label: 'Flags',
    text: ({ flags }) => flags.join('; '),
    values: ({ flags }) => flags,
    width: 100,
    isExtra: true,
  },
];
const boat = (name: string, berth: string, crew = 1, flags: readonly string[] = []): Boat => ({
  name,
  berth,
  crew,
  flags,
});
const boats = [
  boat('tug-10', 'North', 9, ['red']),
  boat('tug-9', 'South', 10),
  boat('Ark', '', 2, ['red', 'blue']),
];
const names = (search: object): string[] =>
  rowsInView(boats, columns, readListSearch(listSearchSchema.parse(search))).map(({ name }) => name);

const ids = (chosen: readonly string[] | undefined): string[] =>
  shownColumns(columns, chosen).map(({ id }) => id);

describe('what a list shows', () => {
  it('is what has every word that is sought, in any column and any case', () => {
    expect(names({ q: 'TUG north' })).toEqual(['tug-10']);
    expect(names({ q: '  ' })).toHaveLength(3);
    expect(names({ q: 'blue' })).toEqual(['Ark']);
    expect(names({ q: '.*' })).toEqual([]);
  });

  it('is what every filter lets through: one of several values, or none of them, or nothing', () => {
    expect(names({ where: [['berth', 'is', 'North', 'South']] })).toEqual(['tug-10', 'tug-9']);
    expect(names({ where: [['berth', 'not', 'North']] })).toEqual(['tug-9', 'Ark']);
    expect(names({ where: [['berth', 'is', '']] })).toEqual(['Ark']);
    expect(names({ where: [['flags', 'is', 'blue']] })).toEqual(['Ark']);
    expect(names({ where: [['flags', 'is', '']] })).toEqual(['tug-9']);
    expect(
      names({
        where: [
          ['flags', 'is', 'red'],
          ['berth', 'not', ''],
        ],
      }),
    ).toEqual(['tug-10']);
    expect(names({ where: [['no such column', 'is', 'x']] })).toHaveLength(3);
  });

  it('is sorted with numbers in words as numbers, and nothing last', () => {
    expect(names({ sort: 'name' })).toEqual(['Ark', 'tug-9', 'tug-10']);
    expect(names({ sort: '-name' })).toEqual(['tug-10', 'tug-9', 'Ark']);
    expect(names({ sort: '-berth' })).toEqual(['tug-9', 'tug-10', 'Ark']);
    expect(names({ sort: 'crew' })).toEqual(['Ark', 'tug-10', 'tug-9']);
  });

  it('has a head before each group, and not the rows of a closed one', () => {
    const lines = linesOf(boats, columns[1], new Set(['North'])).map((line) =>
      line.kind === 'row' ? line.row.name : `${line.label} (${line.count})`,
    );
    expect(lines).toEqual(['North (1)', 'South (1)', 'tug-9', 'None (1)', 'Ark']);
    expect(linesOf(boats, undefined, new Set())).toHaveLength(3);
  });

  it('can be filtered by what there is, with how many have it', () => {
    expect(valueCounts(boats, columns[3]!)).toEqual([
      { value: '', count: 1 },
      { value: 'blue', count: 1 },
      { value: 'red', count: 2 },
    ]);
  });

  it('has the columns that are chosen, the name always', () => {
    expect(ids(undefined)).toEqual(['name', 'berth', 'crew']);
    expect(ids(['flags', 'no such column'])).toEqual(['name', 'flags']);
    expect(ids([])).toEqual(['name']);
  });
});

describe('the address of a list', () => {
  it('says how it is looked at, and leads back to the same', () => {
    const view = {
      query: '443',
      filters: [{ column: 'berth', isNot: true, values: ['a,b', '', 'not'] }],
      groupBy: 'berth',
      sort: { column: 'crew', isDescending: true },
      columns: ['name', 'flags'],
    };
    expect(readListSearch(listSearchSchema.parse(writeListSearch(view)))).toEqual(view);
    expect(writeListSearch({ query: '', filters: [] })).toEqual({ q: undefined, where: undefined });
  });

  it('may be damaged: what makes no sense is as good as none', () => {
    const nothing = readListSearch({});
    for (const search of [
      { where: 'berth' },
      { where: [['berth', 'like', 'x']] },
      { q: {} },
      { sort: ['x'] },
    ])
      expect(readListSearch(listSearchSchema.parse(search))).toEqual(nothing);
    expect(readListSearch(listSearchSchema.parse({ q: 443, where: [['berth', 'is']] }))).toEqual({
      ...nothing,
      query: '443',
    });
  });
});

describe('a list as a file', () => {
  it('has a line for each row, and quotes what would be read as more', () => {
    const rows = [boat('a,b', 'say "ahoy"\nthere'), boat('plain', '')];
    expect(listAsCsv(rows, columns.slice(0, 3))).toBe(
      '\uFEFFName,Berth,Crew\r\n"a,b","say ""ahoy""\nthere",1\r\nplain,,1\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1'])(
    'holds no formula: %j is text',
    (name) => {
      const [, line = ''] = listAsCsv([boat(name, '')], columns.slice(0, 1)).split(/\r\n/);
      expect(line.replace(/^"/, '')).toMatch(/^'/);
    },
  );
});
