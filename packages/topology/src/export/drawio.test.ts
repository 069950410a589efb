import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../hostile-names.test-support.ts';
import { buildTopology, layoutTopology, toDrawio, type TopologyGraph } from '../index.ts';
import { swarmResources } from '../swarm-resources.test-support.ts';
import { everyElement, readXml, type XmlElement } from '../xml.test-support.ts';

const graphOf = (masters: number): TopologyGraph =>
  buildTopology({
    serviceName: 'demo',
    resources: swarmResources({ masters, agents: 3, withInstances: true }),
  });

interface Cell {
  id: string;
  label: string;
  cell: XmlElement;
}

/** The cells of a file, with the properties that their user objects hold; checks what draw.io needs of each. */
function cellsOf(source: string): Cell[] {
  const file = readXml(source);
  expect(file.name).toBe('mxfile');
  const [diagram] = file.children;
  expect(diagram?.name).toBe('diagram');
  const [model] = diagram!.children;
  expect(model?.name).toBe('mxGraphModel');
  const [root] = model!.children;
  expect(root?.name).toBe('root');
  const [first, second, ...rest] = root!.children;
  expect(first).toMatchObject({ name: 'mxCell', attributes: { id: '0' } });
  expect(second).toMatchObject({ name: 'mxCell', attributes: { id: '1', parent: '0' } });
  const cells = rest.map((element): Cell => {
    const cell = element.name === 'object' ? element.children[0]! : element;
    const text = element.attributes['label'] ?? element.attributes['value'] ?? '';
    return { id: element.attributes['id'] ?? '', label: text, cell };
  });
  const known = new Set(['1', ...cells.map(({ id }) => id)]);
  expect(known.size).toBe(cells.length + 1);
  for (const { cell } of cells) {
    expect(cell.name).toBe('mxCell');
    expect(known).toContain(cell.attributes['parent']);
    expect(cell.children[0]).toMatchObject({ name: 'mxGeometry', attributes: { as: 'geometry' } });
    expect((cell.attributes['vertex'] ?? '') + (cell.attributes['edge'] ?? '')).toBe('1');
    expect(cell.attributes['style']).toMatch(/^(?:[A-Za-z]+(?:=[^;=<>"]+)?;)+$/);
    expect(cell.attributes['style']).not.toContain('html=1');
    if (cell.attributes['edge'] === '1') {
      expect(known).toContain(cell.attributes['source']);
      expect(known).toContain(cell.attributes['target']);
    }
  }
  return cells;
}

describe('toDrawio', () => {
  test.each([1, 3, 5])('gives %i masters the places of the layout, containers as parents', (masters) => {
    const graph = graphOf(masters);
    const layout = layoutTopology(graph);
    const cells = cellsOf(toDrawio(graph, layout, 'demo'));
    const byId = new Map(cells.map((cell) => [cell.id, cell]));
    const placeOf = (id: string): { x: number; y: number } => {
      const cell = byId.get(id)?.cell;
      if (!cell) return { x: 0, y: 0 };
      const around = placeOf(cell.attributes['parent'] ?? '');
      const { x, y } = cell.children[0]!.attributes;
      return { x: around.x + Number(x), y: around.y + Number(y) };
    };
    for (const place of layout.nodes) {
      const node = graph.nodes.find(({ id }) => id === place.id)!;
      const cell = cells.find(({ label }) => label.split('\n')[0]?.replace(/ × \d+$/, '') === node.title)!;
      expect(placeOf(cell.id).x).toBeCloseTo(place.x, 0);
      expect(placeOf(cell.id).y).toBeCloseTo(place.y, 0);
      const parent = byId.get(cell.cell.attributes['parent'] ?? '');
      const title = graph.nodes.find(({ id }) => id === place.parent)?.title;
      expect(parent?.label.split('\n')[0]).toBe(title);
    }
    expect(cells.filter(({ cell }) => cell.attributes['edge'] === '1')).toHaveLength(layout.edges.length);
  });

  test('keeps the corners of lines', () => {
    const graph = graphOf(3);
    const layout = layoutTopology(graph);
    const lines = cellsOf(toDrawio(graph, layout, 'demo')).filter(
      ({ cell }) => cell.attributes['edge'] === '1',
    );
    for (const [index, edge] of layout.edges.entries()) {
      const corners = everyElement(lines[index]!.cell).filter(({ name }) => name === 'mxPoint');
      expect(corners).toHaveLength(Math.max(0, edge.points.length - 2));
    }
  });

  test('is well-formed and plain text whatever things are called', () => {
    const base = graphOf(3);
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 12 }), anyText, (names, title) => {
        const nodes = base.nodes.map((node, index) => {
          const name = names[index % names.length] ?? '';
          return { ...node, name, title: name, detail: name, purpose: name };
        });
        const graph = { nodes, edges: base.edges.map((edge) => ({ ...edge, labels: names })) };
        cellsOf(toDrawio(graph, layoutTopology(graph), title));
      }),
      { numRuns: 40 },
    );
  });
});
