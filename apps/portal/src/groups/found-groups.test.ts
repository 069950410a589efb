import type { ResourceGroup } from '@slipway/contract';
import { expect, it } from 'vitest';
import { foundGroups } from './found-groups.ts';

const group = (name: string, tags: Record<string, string> = {}): ResourceGroup => ({
  id: `/subscriptions/s/resourceGroups/${name}`,
  name,
  location: 'westeurope',
  tags,
});
const groups = [group('Harbour-web'), group('harbour-data', { owner: 'Crew' }), group('shed')];
const found = (query: string) => foundGroups(groups, query).map(({ name }) => name);

it('finds groups by any words of their names, regions and tags', () => {
  expect(found('')).toHaveLength(3);
  expect(found('  ')).toHaveLength(3);
  expect(found('HARBOUR')).toEqual(['Harbour-web', 'harbour-data']);
  expect(found('harb crew')).toEqual(['harbour-data']);
  expect(found('westeurope shed')).toEqual(['shed']);
  expect(found('.*')).toEqual([]);
});
