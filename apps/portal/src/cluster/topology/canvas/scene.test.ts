import type { Layout, PieceState, PlacedNode, TopologyGraph, TopologyNode } from '@slipway/topology';
import { describe, expect, test } from 'vitest';
import { appearanceOf, lineFaded, lineLit, linePlain } from './appearance.ts';
import { phases } from './phases.ts';
import { detailFor, mountedMost, readFrom, wholeUpTo } from './level-of-detail.ts';
import { lineCounts } from './line-counts.ts';
import { mountedPieces } from './mounted-pieces.ts';
import { buildScene, linesOf, pieceAt, sceneKeeper } from './scene.ts';
import { trunksOf } from './trunks.ts';

const node = (id: string, parent?: string, more: Partial<TopologyNode> = {}): TopologyNode => ({
  id,
  kind: 'other',
  name: id,
  title: id,
  rank: 0,
  purpose: '',
  facts: [],
  ...(parent === undefined ? {} : { parent }),
  ...more,
});
const placed = (id: string, x: number, y: number, more: Partial<PlacedNode> = {}): PlacedNode => ({
  id,
  x,
  y,
  width: 100,
  height: 50,
  depth: 0,
  isContainer: false,
  isClosed: false,
  inside: 0,
  titleWidth: 100,
  ...more,
});

/** A frame with `left` and `right` in it and a line between them, and a closed container that hides two more. */
const graph: TopologyGraph = {
  nodes: [
    node('frame'),
    node('left', 'frame', { provisioningState: 'Succeeded' }),
    node('right', 'frame'),
    node('closed'),
    node('hidden', 'closed'),
    node('deeper', 'hidden'),
  ],
  edges: [],
};
const layout: Layout = {
  nodes: [
    placed('frame', 0, 0, { width: 400, height: 200, isContainer: true }),
    placed('closed', 500, 0, { isClosed: true, inside: 2 }),
    placed('left', 20, 60, { depth: 1, parent: 'frame' }),
    placed('right', 280, 60, { depth: 1, parent: 'frame' }),
  ],
  edges: [
    {
      id: 'a',
      from: 'left',
      to: 'right',
      kind: 'traffic',
      points: [
        { x: 120, y: 85 },
        { x: 280, y: 85 },
      ],
    },
    {
      id: 'b',
      from: 'frame',
      to: 'closed',
      kind: 'reference',
      points: [
        { x: 400, y: 25 },
        { x: 450, y: 25 },
        { x: 450, y: 40 },
        { x: 500, y: 40 },
      ],
    },
  ],
  grids: [],
  width: 620,
  height: 220,
};
const scene = buildScene(graph, layout);
const idsOf = (indexes: readonly number[]): string[] =>
  indexes.map((index) => scene.pieces[index]?.node.id ?? '').toSorted();

describe('a scene', () => {
  test('finds what lies in a part of the drawing', () => {
    expect(idsOf(scene.piecesIn({ x: 0, y: 0, width: 50, height: 80 }))).toEqual(['frame', 'left']);
    expect(idsOf(scene.piecesIn({ x: 510, y: 10, width: 5, height: 5 }))).toEqual(['closed']);
    const stretches = scene.stretchesIn({ x: 440, y: 0, width: 20, height: 220 });
    expect([...linesOf(scene, stretches)].map((index) => scene.lines[index]?.id)).toEqual(['b']);
  });

  test('finds the innermost piece at a point', () => {
    expect(pieceAt(scene, { x: 30, y: 70 })?.node.id).toBe('left');
    expect(pieceAt(scene, { x: 200, y: 20 })?.node.id).toBe('frame');
    expect(pieceAt(scene, { x: 450, y: 210 })).toBeUndefined();
  });

  test('follows what is said about its pieces, and keeps what was made of the layout', () => {
    const next = sceneKeeper();
    const before = next(graph, layout);
    const right = node('right', 'frame', { provisioningState: 'Failed' });
    const after = next(
      { ...graph, nodes: graph.nodes.map((each) => (each.id === 'right' ? right : each)) },
      layout,
    );
    expect(after.boxes).toBe(before.boxes);
    expect(after.pieces[at('right')]?.node).toBe(right);
    expect(after.pieces[at('left')]).toBe(before.pieces[at('left')]);
    const input = { states: new Map(), selectedId: undefined, highlight: undefined, dimmed: undefined };
    expect(phases[appearanceOf(after, input).phases[at('right')] ?? 0]).toBe('failed');
    const otherOrder = { ...graph, nodes: graph.nodes.toReversed() };
    expect(next(otherOrder, layout)).toEqual({
      ...buildScene(otherOrder, layout),
      piecesIn: expect.any(Function),
      stretchesIn: expect.any(Function),
    });
  });

  test('counts its lines by kind', () => {
    expect(lineCounts(layout.edges)).toBe('traffic 1, reference 1');
  });
});

const look = (more: {
  states?: ReadonlyMap<string, PieceState>;
  selectedId?: string;
  dimmed?: ReadonlySet<string>;
  highlight?: {
    pieces: ReadonlySet<string>;
    joints: ReadonlySet<string>;
    blockedAt?: string;
    untracedAt?: string;
  };
}) =>
  appearanceOf(scene, {
    states: more.states ?? new Map(),
    selectedId: more.selectedId,
    highlight: more.highlight,
    dimmed: more.dimmed,
  });
const at = (id: string): number => scene.indexOf.get(id) ?? -1;

describe('how a scene looks', () => {
  test('a closed container shows the worst of what it hides', () => {
    const states = new Map<string, PieceState>([
      ['closed', { phase: 'done' }],
      ['hidden', { phase: 'working' }],
      ['deeper', { phase: 'failed', why: 'QuotaExceeded' }],
    ]);
    expect(phases[look({ states }).phases[at('closed')] ?? 0]).toBe('failed');
    expect(look({ states }).isWorking).toBe(false);
  });

  test('where nothing else is known ARM’s own word counts', () => {
    expect(phases[look({}).phases[at('left')] ?? 0]).toBe('done');
    expect(phases[look({}).phases[at('right')] ?? 0]).toBe('none');
  });

  test('the lines of the selected piece stand out', () => {
    expect([...look({ selectedId: 'left' }).lines]).toEqual([lineLit, lineFaded]);
    expect([...look({}).lines]).toEqual([linePlain, linePlain]);
    expect(look({ selectedId: 'deeper' }).selected).toBe(at('closed'));
  });

  test('a highlight lights its pieces and lines, keeps the frames around them, and fades the rest', () => {
    const highlight = {
      pieces: new Set(['left', 'deeper']),
      joints: new Set(['deeper frame']),
      blockedAt: 'right',
    };
    const shown = look({ highlight });
    expect(idsOf([...shown.lit.keys()].filter((index) => shown.lit[index] === 1))).toEqual([
      'closed',
      'left',
    ]);
    expect(shown.faded[at('frame')]).toBe(0);
    expect(shown.faded[at('right')]).toBe(1);
    expect([...shown.lines]).toEqual([lineFaded, lineLit]);
    expect(shown.blocked).toBe(at('right'));
    expect(shown.untraced).toBe(-1);
  });

  test('where a connection is not traced further is marked apart from where one is stopped', () => {
    const highlight = { pieces: new Set(['left', 'right']), joints: new Set<string>(), untracedAt: 'right' };
    expect(look({ highlight })).toMatchObject({ untraced: at('right'), blocked: -1 });
  });

  test('what is dimmed steps back with its lines', () => {
    const shown = look({ dimmed: new Set(['right']) });
    expect(shown.faded[at('right')]).toBe(1);
    expect([...shown.lines]).toEqual([lineFaded, linePlain]);
  });
});

const line = (
  id: string,
  kind: 'traffic' | 'disk',
  ...points: [number, number][]
): Layout['edges'][number] => ({
  id,
  from: 'left',
  to: 'right',
  kind,
  points: points.map(([x, y]) => ({ x, y })),
});

describe('the lines of a scene from afar', () => {
  const bundle = buildScene(graph, {
    ...layout,
    edges: [
      line('a', 'traffic', [0, 10], [100, 10], [100, 60]),
      line('b', 'traffic', [50, 10], [150, 10]),
      line('c', 'disk', [0, 10], [100, 10]),
      line('d', 'traffic', [300, 10], [200, 10]),
    ],
  });
  const told = (looks: Uint8Array): string[] => {
    const { boxes, kinds, looks: shown, thickness } = trunksOf(bundle, looks);
    return [...kinds.keys()]
      .map(
        (trunk) =>
          `${boxes.subarray(trunk * 4, trunk * 4 + 4).join(' ')} × ${thickness[trunk]?.toFixed(2)} ${shown[trunk]}`,
      )
      .toSorted();
  };

  test('those of a kind that lie on each other are one, as thick as they are many', () => {
    expect(told(new Uint8Array(4))).toEqual([
      '0 10 100 10 × 1.00 0',
      '0 10 150 10 × 1.33 0',
      '100 10 100 60 × 1.00 0',
      '200 10 300 10 × 1.00 0',
    ]);
  });

  test('one that stands out is apart from the others', () => {
    expect(told(Uint8Array.from([0, lineLit, 0, 0]))).toEqual([
      '0 10 100 10 × 1.00 0',
      '0 10 100 10 × 1.00 0',
      '100 10 100 60 × 1.00 0',
      '200 10 300 10 × 1.00 0',
      `50 10 150 10 × 1.00 ${lineLit}`,
    ]);
  });
});

describe('which pieces are elements', () => {
  const window = { width: 1_000, height: 800 };
  const many = 1_000;
  const wide: Layout = {
    ...layout,
    nodes: Array.from({ length: many }, (_, index) =>
      placed(`piece-${index}`, (index % 40) * 110, Math.floor(index / 40) * 60),
    ),
    edges: [],
  };
  const crowd = buildScene({ nodes: wide.nodes.map(({ id }) => node(id)), edges: [] }, wide);

  test('all of a drawing that is not large, at every scale', () => {
    expect(mountedPieces(scene, { x: 9_000, y: 0, zoom: 0.1 }, window, [])).toEqual([0, 1, 2, 3]);
    expect(scene.pieces.length).toBeLessThan(wholeUpTo);
  });

  test('of a large one those in the window that can be read, and what is kept', () => {
    const near = mountedPieces(crowd, { x: 0, y: 0, zoom: 1 }, window, [many - 1]);
    expect(near).toContain(0);
    expect(near).toContain(many - 1);
    expect(near).not.toContain(39);
    expect(near.length).toBeLessThanOrEqual(mountedMost + 1);
    expect(mountedPieces(crowd, { x: 0, y: 0, zoom: readFrom / 2 }, window, [7])).toEqual([7]);
  });

  test('never more than can be afforded', () => {
    const all = mountedPieces(crowd, { x: 0, y: 0, zoom: readFrom }, { width: 9_000, height: 9_000 }, []);
    expect(all).toHaveLength(mountedMost);
  });
});

test('what is crowded is drawn coarsely, sooner while it moves', () => {
  const crowds = [
    { pieces: 100, stretches: 200 },
    { pieces: 100, stretches: 1_500 },
    { pieces: 5_000, stretches: 20_000 },
  ];
  expect(crowds.map((crowd) => detailFor(crowd, false))).toEqual([
    { cards: 'fine', lines: 'fine' },
    { cards: 'fine', lines: 'fine' },
    { cards: 'coarse', lines: 'coarse' },
  ]);
  expect(crowds.map((crowd) => detailFor(crowd, true))).toEqual([
    { cards: 'fine', lines: 'fine' },
    { cards: 'fine', lines: 'coarse' },
    { cards: 'coarse', lines: 'coarse' },
  ]);
});
