import type { TopologyNode } from './graph.ts';
import { expect, test } from 'vitest';
import { nameInParts, nameOnCard, shortTitle, textOnChip, titleOnCard } from './piece-words.ts';

const piece = (title: string): TopologyNode => ({
  id: title,
  kind: 'other',
  name: title,
  title,
  rank: 0,
  purpose: '',
  facts: [],
});

test('the made-up tail of a disk is left out, other names stay whole', () => {
  expect(nameOnCard('swarm-master-0_OsDisk_1_9c46c9776331e8aa9c46c9776331e8aa')).toBe(
    'swarm-master-0_OsDisk_1_…',
  );
  expect(nameOnCard('swarm-vnet-95053284')).toBe('swarm-vnet-95053284');
});

test('inside its machine a piece does not repeat whose it is', () => {
  expect(titleOnCard(piece("Master 0's set-up script"), piece('Master 0'))).toBe('Set-up script');
  expect(titleOnCard(piece("Master 0's set-up script"), undefined)).toBe("Master 0's set-up script");
  expect(titleOnCard(piece("Masters' availability set"), piece("Masters' subnet"))).toBe('Availability set');
  expect(titleOnCard(piece("Master 0's network interface"), piece("Masters' subnet"))).toBe(
    "Master 0's network interface",
  );
  expect(titleOnCard(piece("Masters' subnet"), piece('Virtual network'))).toBe("Masters' subnet");
});

test('a long name keeps its end, which tells it from its neighbours, and no character is torn apart', () => {
  expect(nameInParts('swarm-master-19258765-nic-0')).toEqual({
    start: 'swarm-master-19',
    end: '258765-nic-0',
  });
  expect(nameInParts('swarm-vnet-9505')).toEqual({ start: 'swarm-vnet-9505', end: '' });
  expect(nameInParts('👩‍🚀'.repeat(30))).toEqual({ start: '👩‍🚀'.repeat(18), end: '👩‍🚀'.repeat(12) });
});

test('where there is one line for it, the title of a network interface is short', () => {
  expect(shortTitle("Master 0's network interface")).toBe("Master 0's NIC");
  expect(shortTitle('Agents')).toBe('Agents');
});

test.each([
  ['Admits TCP 22, 2222 from the internet', 'Internet → TCP 22, 2222'],
  ['Admits UDP 4789, 7946 from the virtual network', 'Network → UDP 4789, 7946'],
  ['Blocks everything from the virtual network', '✕ Network → everything'],
  ['Admits TCP 22 from 203.0.113.0/24 to 10.0.0.4', 'Admits TCP 22 from 203.0.113.0/24 to 10.0.0.4'],
  ['Lets out TCP 25 to the internet', 'Lets out TCP 25 to the internet'],
])('a security rule %j is a chip %j', (title, text) => {
  expect(textOnChip({ kind: 'securityRule', title })).toBe(text);
});
