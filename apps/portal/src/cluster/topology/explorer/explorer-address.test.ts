import type { TopologyGraph, TopologyNode } from '@slipway/topology';
import { describe, expect, test } from 'vitest';
import { type ExplorerAddress, readAddress, writeAddress } from './explorer-address.ts';
import { explorerSearchSchema } from './explorer-search.ts';
import { noFilters } from './piece-filters.ts';
import { joinIds, shortIdsOf, splitIds } from './short-ids.ts';

const group = '/subscriptions/s/resourcegroups/g/providers/';
const node = (id: string): TopologyNode => ({
  id,
  kind: 'other',
  name: id.split('/').at(-1) ?? id,
  title: 'A piece',
  rank: 6,
  purpose: '',
  facts: [],
});
const balancer = `${group}microsoft.network/loadbalancers/x`;
const comma = `${group}contoso.things/a,b%2c`;
const elsewhere = '/subscriptions/s/resourcegroups/other/providers/microsoft.compute/disks/d';
const graph: TopologyGraph = {
  nodes: ['internet', 'service', balancer, comma, elsewhere].map(node),
  edges: [],
};
const ids = shortIdsOf(graph);
const read = (search: object): ExplorerAddress => readAddress(explorerSearchSchema.parse(search), ids);

describe('short ids', () => {
  test('leave the group out, and are found again', () => {
    expect(ids.shortOf(balancer)).toBe('microsoft.network/loadbalancers/x');
    for (const { id } of graph.nodes) expect(ids.idOf(ids.shortOf(id))).toBe(id);
  });
  test('are found in any case, and in full', () => {
    expect(ids.idOf('Microsoft.Network/loadBalancers/X')).toBe(balancer);
    expect(ids.idOf(balancer)).toBe(balancer);
    expect(ids.idOf('microsoft.network/loadbalancers/gone')).toBeUndefined();
  });
  test('are listed with commas between, whatever is in them', () => {
    expect(splitIds(joinIds(['a,b', '%2C', 'c']))).toEqual(['a,b', '%2C', 'c']);
    expect(splitIds('')).toEqual([]);
  });
});

describe('the address', () => {
  test('says nothing of what is as it is at first', () => {
    const written = writeAddress(read({}), ids);
    expect(Object.values(written).filter((value) => value !== undefined)).toEqual([]);
  });

  test('brings back everything that was written into it', () => {
    const address: ExplorerAddress = {
      view: 'table',
      selectedId: balancer,
      fold: 'all',
      opened: new Set([comma, 'service']),
      closed: new Set([elsewhere]),
      filters: {
        kinds: new Set(['disk', 'loadBalancer']),
        states: new Set(['failed']),
        layers: new Set([0, 6]),
      },
      query: '10.0.0.5',
      sort: { column: 'address', isDescending: true },
      trace: 'internet -> tcp 443',
      way: 'contoso.things/a,b%2c~2',
      step: 3,
      at: { centerX: -120, centerY: 33, zoom: 0.375, direction: 'down', density: 'compact' },
    };
    expect(read(writeAddress(address, ids))).toEqual(address);
  });

  test('tells an open panel with nothing in it from a closed one', () => {
    expect(read({ trace: '' }).trace).toBe('');
    expect(read({}).trace).toBeUndefined();
  });

  test('takes numbers that the router made of text as text', () => {
    expect(read({ q: 443, trace: 443 })).toMatchObject({ query: '443', trace: '443' });
  });

  test('leaves out what makes no sense', () => {
    const strange = read({
      view: 'globe',
      piece: 'nobody',
      open: 'nobody,internet',
      kind: 'nonsense,disk',
      layer: '-1,4,x',
      sort: 'colour',
      step: 'first',
      at: '1_2_0_right-roomy',
      fold: ['all'],
      q: { not: 'text' },
    });
    expect(strange).toEqual({
      view: 'diagram',
      selectedId: undefined,
      fold: 'first',
      opened: new Set(['internet']),
      closed: new Set(),
      filters: { ...noFilters, kinds: new Set(['disk']), layers: new Set([4]) },
      query: '',
      sort: undefined,
      trace: undefined,
      way: undefined,
      step: undefined,
      at: undefined,
    });
  });

  test('changes only what is to be changed', () => {
    expect(writeAddress({ query: 'x' }, ids)).toEqual({ q: 'x' });
    expect(writeAddress({ selectedId: undefined }, ids)).toEqual({ piece: undefined });
    expect(writeAddress({ way: 'x' }, ids)).toEqual({ way: 'x' });
  });

  test('forgets the way of a connection for another one', () => {
    expect(writeAddress({ trace: 'ssh' }, ids)).toEqual({ trace: 'ssh', way: undefined });
    expect(writeAddress({ trace: 'ssh', way: 'x' }, ids)).toEqual({ trace: 'ssh', way: 'x' });
  });
});
