import type { PieceState } from '@slipway/topology';
import { describe, expect, test } from 'vitest';
import { linkIndex } from '../piece-links.ts';
import { sampleGraph } from './explorer.test-support.ts';
import { indexPieces } from './find-pieces.ts';
import { closedNow, containersOf, toggleFold, toggleLeaf } from './folding.ts';
import {
  areFiltersSet,
  filterChoices,
  isChosen,
  noFilters,
  passesFilters,
  toggleChoice,
} from './piece-filters.ts';
import { jsonOf } from './piece-json.ts';
import { pieceRows, readSort, sortRows, sortText } from './piece-sort.ts';
import { statusesOf } from './piece-status.ts';
import { treeRows } from './tree-rows.ts';

const states = new Map<string, PieceState>([['master', { phase: 'done', power: 'deallocated' }]]);
const statuses = statusesOf(sampleGraph, states);
const byId = new Map(sampleGraph.nodes.map((node) => [node.id, node]));
const childrenOf = Map.groupBy(
  sampleGraph.nodes.filter(({ parent }) => parent !== undefined),
  ({ parent }) => parent ?? '',
);

const wordsOf = (id: string): string | undefined => statuses.get(id)?.words;
const passing = (filters: typeof noFilters): string[] =>
  sampleGraph.nodes.filter((node) => passesFilters(node, statuses.get(node.id), filters)).map(({ id }) => id);

describe('searching', () => {
  const { find } = indexPieces(sampleGraph);
  const found = (query: string): string[] => find(query).map(({ id }) => id);
  test('finds titles, names, types, addresses and ids, in any case', () => {
    expect(found('master 0')[0]).toBe('master');
    expect(found('SWARM-LB-10')).toEqual(['balancer']);
    expect(found('microsoft.network/loadbalancers')).toEqual(['balancer']);
    expect(found('load balancer')[0]).toBe('balancer');
    expect(found('10.0.0.5')).toEqual(['master']);
    expect(found('subnet')).toEqual(['subnet']);
  });
  test('wants every word, in any order', () => {
    expect(found('disk master')).toEqual(['disk']);
    expect(found('disk nothing')).toEqual([]);
  });
  test('finds nothing for nothing', () => {
    expect(found('  ')).toEqual([]);
  });
});

describe('statuses', () => {
  test('say first what is known of this moment, then what ARM says', () => {
    expect(wordsOf('master')).toBe('Deallocated');
    expect(statusesOf(sampleGraph, new Map()).get('master')?.words).toBe('Failed');
    expect(wordsOf('disk')).toBe('Planned');
  });
  test('of a part are those of what it is a part of', () => {
    expect(wordsOf('rule')).toBe('Ready');
    expect(wordsOf('internet')).toBeUndefined();
  });
  test('carry the reason', () => {
    const failed = statusesOf(sampleGraph, new Map([['disk', { phase: 'failed', why: 'QuotaExceeded' }]]));
    expect(failed.get('disk')).toMatchObject({ words: 'Failed', tone: 'bad', why: 'QuotaExceeded' });
  });
});

describe('filters', () => {
  const choices = filterChoices(sampleGraph, statuses);
  test('offer what there is, with its number', () => {
    expect(choices.find(({ value }) => value === 'disk')).toMatchObject({ words: 'Disks', count: 1 });
    expect(choices.filter(({ field }) => field === 'state').map(({ words }) => words)).toEqual([
      'Deallocated',
      'Planned',
      'Ready',
    ]);
    expect(choices.find(({ field, value }) => field === 'layer' && value === '2')).toMatchObject({
      count: 2,
    });
  });
  test('are set and taken away one by one', () => {
    for (const choice of choices) {
      const once = toggleChoice(choice, noFilters);
      expect(isChosen(choice, once)).toBe(true);
      expect(areFiltersSet(toggleChoice(choice, once))).toBe(false);
    }
  });
  test('of one field widen, of several fields narrow', () => {
    const kinds = new Set(['disk', 'virtualMachine'] as const);
    expect(passing({ ...noFilters, kinds })).toEqual(['master', 'disk']);
    expect(passing({ ...noFilters, kinds, states: new Set(['planned']) })).toEqual(['disk']);
    expect(passing(noFilters)).toHaveLength(sampleGraph.nodes.length);
  });
});

describe('opening and closing', () => {
  const containers = containersOf(sampleGraph);
  const atFirst = new Set(['master']);
  const start = { fold: 'first', opened: new Set<string>(), closed: new Set<string>() } as const;
  const closed = (folds: Parameters<typeof closedNow>[0]): string[] => [
    ...closedNow(folds, containers, atFirst),
  ];
  test('knows what contains others', () => {
    expect([...containers]).toEqual(['balancer', 'network', 'subnet', 'master']);
  });
  test('says only what differs', () => {
    const opened = toggleFold(start, 'master', containers, atFirst);
    expect(opened).toEqual({ fold: 'first', opened: new Set(['master']), closed: new Set() });
    expect(closed(opened)).toEqual([]);
    expect(toggleFold(opened, 'master', containers, atFirst)).toEqual(start);
    const both = toggleFold(opened, 'network', containers, atFirst);
    expect(closed(both)).toEqual(['network']);
  });
  test('of a piece that contains nothing shows its lines, or hides them', () => {
    const opened = toggleLeaf(start, 'disk');
    expect([...opened.opened]).toEqual(['disk']);
    expect(toggleLeaf(opened, 'disk')).toEqual(start);
  });
  test('starts from all or none', () => {
    expect(closed({ ...start, fold: 'all' })).toEqual([...containers]);
    expect(closed({ ...start, fold: 'none' })).toEqual([]);
    const one = toggleFold({ ...start, fold: 'all' }, 'subnet', containers, atFirst);
    expect(closed(one)).not.toContain('subnet');
  });
});

describe('the tree', () => {
  const roots = sampleGraph.nodes.filter(({ parent }) => parent === undefined);
  const linksOf = linkIndex(sampleGraph);
  const rowsOf = (more: Partial<Parameters<typeof treeRows>[0]> = {}) =>
    treeRows({ roots, childrenOf, linksOf, isOpen: () => true, matching: undefined, ...more });
  test('lists pieces in what contains them, and the lines of what is open', () => {
    const rows = rowsOf();
    expect(rows.map(({ node, link, level }) => `${level} ${link ? `${link.verb} ` : ''}${node.id}`)).toEqual([
      '1 internet',
      '2 Leads to balancer',
      '1 service',
      '2 balancer',
      '3 Reached from internet',
      '3 rule',
      '2 network',
      '3 subnet',
      '4 master',
      '5 disk',
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
  test('counts siblings, lines among them', () => {
    const row = rowsOf().find(({ key }) => key === 'rule');
    expect(row).toMatchObject({ position: 2, siblings: 2, parent: 'balancer' });
  });
  test('hides what lies in what is closed', () => {
    expect(rowsOf({ isOpen: () => false }).map(({ key }) => key)).toEqual(['internet', 'service']);
  });
  test('opens the way to what is looked for, and nothing else', () => {
    const rows = rowsOf({ isOpen: () => false, matching: new Set(['disk']) });
    expect(rows.map(({ key, isContext }) => `${key} ${isContext}`)).toEqual([
      'service true',
      'network true',
      'subnet true',
      'master true',
      'disk false',
    ]);
  });
});

describe('the table', () => {
  const rows = pieceRows(sampleGraph, statuses);
  const sorted = (text: string): string[] => sortRows(rows, readSort(text)).map(({ node }) => node.id);
  test('says where a piece is and at which address', () => {
    expect(rows.find(({ node }) => node.id === 'master')).toMatchObject({
      where: "Masters' subnet",
      address: '10.0.0.5',
    });
  });
  test('sorts up and down, and what has no value last in both', () => {
    expect(sorted('address')[0]).toBe('master');
    expect(sorted('-address')[0]).toBe('master');
    expect(sorted('kind')).toEqual(sorted('-kind').toReversed());
    expect(sorted('nonsense')[0]).toBe('internet');
  });
  test('writes a sort as it reads it', () => {
    expect(sortText(readSort('-where'))).toBe('-where');
    expect(sortText(readSort('where'))).toBe('where');
    expect(readSort('-')).toBeUndefined();
  });
});

describe('the JSON of a piece', () => {
  const rule = { id: 'RULE', name: 'rule', properties: { frontendPort: 2200 } };
  const resources = [
    {
      id: 'Balancer',
      name: 'swarm-lb-10',
      type: 'Microsoft.Network/loadBalancers',
      properties: { references: [{ id: 'rule' }], inboundNatRules: [rule] },
    },
  ];
  const jsonFor = (id: string): unknown => {
    const node = byId.get(id);
    return node && jsonOf(node, byId, resources);
  };
  test('is the resource as it came', () => {
    expect(jsonFor('balancer')).toBe(resources[0]);
  });
  test('of a part is its own place in the resource, not a reference to it', () => {
    expect(jsonFor('rule')).toBe(rule);
  });
  test('is nothing for what is no resource', () => {
    expect(jsonFor('internet')).toBeUndefined();
  });
});
