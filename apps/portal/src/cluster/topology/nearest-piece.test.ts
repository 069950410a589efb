import type { PlacedNode } from '@slipway/topology';
import { expect, test } from 'vitest';
import { isArrowKey, nearestPiece } from './nearest-piece.ts';

const piece = (id: string, x: number, y: number): PlacedNode => ({
  id,
  x,
  y,
  width: 10,
  height: 10,
  depth: 1,
  isContainer: false,
  isClosed: false,
  inside: 0,
  titleWidth: 10,
});
const nodes = [piece('a', 0, 0), piece('b', 100, 0), piece('c', 60, 90), piece('d', 0, 100)];
const from = (id: string): PlacedNode => nodes.find((node) => node.id === id)!;

test('arrow keys go to the piece straight ahead', () => {
  expect(nearestPiece(from('a'), 'ArrowRight', nodes, [])?.id).toBe('b');
  expect(nearestPiece(from('a'), 'ArrowDown', nodes, [])?.id).toBe('d');
  expect(nearestPiece(from('d'), 'ArrowUp', nodes, [])?.id).toBe('a');
  expect(nearestPiece(from('c'), 'ArrowLeft', nodes, [])?.id).toBe('d');
});

test('a line leads further than what happens to lie there', () => {
  const line = { from: 'a', to: 'c' };
  expect(nearestPiece(from('a'), 'ArrowRight', nodes, [line])?.id).toBe('c');
});

test('where nothing lies ahead there is nowhere to go', () => {
  expect(nearestPiece(from('a'), 'ArrowLeft', nodes, [])).toBeUndefined();
});

test('only arrow keys move', () => {
  expect([isArrowKey('ArrowUp'), isArrowKey('Enter')]).toEqual([true, false]);
});
