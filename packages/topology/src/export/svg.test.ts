import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../hostile-names.test-support.ts';
import {
  buildTopology,
  layoutTopology,
  toSvg,
  type ExportLook,
  type PieceState,
  type SvgInput,
  type TopologyGraph,
} from '../index.ts';
import { swarmResources } from '../swarm-resources.test-support.ts';
import { everyElement, readXml, textOf, type XmlElement } from '../xml.test-support.ts';

const look: ExportLook = {
  background: '#ffffff',
  text: '#111111',
  quiet: '#616161',
  stroke: '#d1d1d1',
  card: '#fefefe',
  frames: {
    service: { stroke: '#000001', fill: '#f1f1f1' },
    network: { stroke: '#000002', fill: '#f2f2f2' },
    subnet: { stroke: '#000003', fill: '#f3f3f3', dash: '4 3' },
    set: { stroke: '#000004', fill: '#f4f4f4', dash: '4 3' },
    machine: { stroke: '#000005', fill: '#f5f5f5' },
    plain: { stroke: '#000006', fill: '#f6f6f6' },
  },
  pieces: () => '#123456',
  edges: (kind) =>
    kind === 'traffic' ? { color: '#0000aa', width: 2 } : { color: '#00aa00', width: 1, dash: '6 4' },
  highlight: '#ff00ff',
  failed: '#cc0000',
  uncertain: '#bc4b09',
  done: '#00cc00',
  fontFamily: 'sans-serif',
};

const graphOf = (masters: number): TopologyGraph =>
  buildTopology({
    serviceName: 'demo',
    resources: swarmResources({ masters, agents: 3, withInstances: true }),
  });
const draw = (graph: TopologyGraph, more: Partial<SvgInput> = {}): XmlElement =>
  readXml(toSvg({ graph, layout: layoutTopology(graph), look, title: 'demo', ...more }));
const textsOf = (svg: XmlElement): string[] =>
  everyElement(svg)
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text);
/** The group of the piece with this title. */
const groupOf = (svg: XmlElement, title: string): XmlElement =>
  everyElement(svg).find(
    ({ name, children }) =>
      name === 'g' && children[0]?.name === 'title' && children[0].text.startsWith(`${title}:`),
  )!;

const measure = (text: string, px: number): number => text.length * px * 0.6;

describe('toSvg', () => {
  test('shows every piece with its title, its name and what tells it apart', () => {
    const svg = draw(graphOf(3));
    const said = groupOf(svg, "Master 1's network interface");
    expect(textsOf(said).join(' ')).toContain("Master 1's");
    expect(textsOf(said)).toContain('172.16.0.6');
    expect(textsOf(groupOf(svg, 'Agents'))).toContain('Agents × 3');
    expect(textsOf(svg)).toContain('TCP 2201 → master 1:22');
  });

  test('draws a scale set as a stack of cards', () => {
    const rects = groupOf(draw(graphOf(1)), 'Agents').children.filter(({ name }) => name === 'rect');
    expect(rects.filter(({ attributes }) => attributes['fill'] === look.card)).toHaveLength(3);
  });

  test('is a file of its own: no scripts, no HTML, nothing from elsewhere', () => {
    const graph = graphOf(3);
    const source = toSvg({ graph, layout: layoutTopology(graph), look, title: 'demo' });
    const names = new Set(everyElement(readXml(source)).map(({ name }) => name));
    expect([...names].toSorted()).toEqual([
      'circle',
      'desc',
      'g',
      'line',
      'path',
      'rect',
      'svg',
      'text',
      'title',
    ]);
    expect(source).not.toMatch(/href|url\(|@import|<style/);
  });

  test('says what it is to those who do not see it, and has a legend of what is in it', () => {
    const svg = draw(graphOf(1), { title: 'demo & co' });
    expect(svg.attributes).toMatchObject({ role: 'img', 'aria-label': 'demo & co' });
    expect(svg.children[0]).toMatchObject({ name: 'title', text: 'demo & co' });
    expect(svg.children[1]?.text).toMatch(/\d+ pieces and \d+ lines/);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['Traffic from the internet', 'Guards', 'Uses the disk', 'Succeeded']),
    );
    expect(textsOf(svg)).not.toContain('Refers to');
  });

  test('lights a path up, fades the rest, and marks where it is stopped', () => {
    const graph = graphOf(3);
    const layout = layoutTopology(graph);
    const address = graph.nodes.find(({ title }) => title === "Masters' public IP address")!;
    const guard = graph.nodes.find(({ title }) => title === "Masters' security group")!;
    const joint = layout.edges.find(({ to }) => to === address.id)!;
    const highlight = {
      pieces: new Set(['internet', address.id]),
      joints: new Set([joint.id]),
      blockedAt: guard.id,
    };
    const svg = draw(graph, { layout, highlight });
    expect(groupOf(svg, address.title).attributes['opacity']).toBeUndefined();
    expect(groupOf(svg, "Agents' public IP address").attributes['opacity']).toBe('0.3');
    expect(groupOf(svg, guard.title).children[0]!.text).toContain('Stopped here');
    expect(groupOf(svg, guard.title).children[1]!.attributes['stroke']).toBe(look.failed);
    const lit = everyElement(svg).filter(
      ({ name, attributes }) => name === 'path' && attributes['stroke'] === look.highlight,
    );
    expect(lit).toHaveLength(1);
    expect(textsOf(svg)).toContain('The path that is shown');
  });

  test('marks where it is not known how a path goes on', () => {
    const graph = graphOf(1);
    const address = graph.nodes.find(({ title }) => title === "Masters' public IP address")!;
    const svg = draw(graph, {
      highlight: { pieces: new Set(['internet']), joints: new Set(), untracedAt: address.id },
    });
    const marked = groupOf(svg, address.title);
    expect(marked.attributes['opacity']).toBeUndefined();
    expect(marked.children[0]!.text).toContain('Not traced further');
    expect(marked.children[1]!.attributes['stroke']).toBe(look.uncertain);
    expect(textsOf(marked)).toContain('?');
  });

  test('shows states: why something failed, and which machine does not run', () => {
    const graph = graphOf(1);
    const idOf = (title: string): string => graph.nodes.find((node) => node.title === title)!.id;
    const states = new Map<string, PieceState>([
      [
        idOf("Master 0's set-up script"),
        { phase: 'failed', why: 'VMExtensionProvisioningError: exit code 1' },
      ],
      [idOf('Storage account'), { phase: 'planned' }],
      [idOf('Agents'), { phase: 'done', power: 'stopped' }],
      [idOf('Master 0'), { phase: 'done', power: 'deallocated' }],
    ]);
    const svg = draw(graph, { states });
    expect(groupOf(svg, "Master 0's set-up script").children[0]!.text).toContain('exit code 1');
    expect(groupOf(svg, 'Storage account').children[1]!.attributes['stroke-dasharray']).toBe('5 4');
    expect(textsOf(groupOf(svg, 'Master 0')).join(' ')).toContain('deallocated');
    expect(textsOf(groupOf(svg, 'Agents')).join(' ')).toContain('stopped');
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['Failed', 'Planned']));
  });

  test('cuts texts so that they stay within their cards', () => {
    const resources = swarmResources({ masters: 3, agents: 2 }).map((resource) => ({
      ...resource,
      name: `${resource.name} ${'wide'.repeat(100)}`,
    }));
    const graph = buildTopology({ serviceName: 'demo', resources });
    const layout = layoutTopology(graph);
    const svg = draw(graph, { layout, measure });
    for (const place of layout.nodes) {
      const node = graph.nodes.find(({ id }) => id === place.id)!;
      for (const { name, attributes, text } of groupOf(svg, node.title).children) {
        if (name !== 'text') continue;
        const right = Number(attributes['x']) + measure(text, Number(attributes['font-size']));
        expect(right, text).toBeLessThanOrEqual(place.x + place.width);
      }
    }
  });

  test('is well-formed whatever things are called', () => {
    const base = graphOf(3);
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 12 }), anyText, (names, title) => {
        const nodes = base.nodes.map((node, index) => {
          const name = names[index % names.length] ?? '';
          return { ...node, name, title: name, detail: name, purpose: name };
        });
        const graph = { nodes, edges: base.edges.map((edge) => ({ ...edge, labels: [...names] })) };
        const states = new Map(
          nodes.map(({ id, name }) => [id, { phase: 'failed' as const, why: name, power: name }]),
        );
        const svg = draw(graph, { title, states, icon: () => names[0] ?? '' });
        expect(everyElement(svg).some(({ name }) => ['script', 'img', 'foreignObject'].includes(name))).toBe(
          false,
        );
      }),
      { numRuns: 40 },
    );
  });

  test('keeps characters whole and their words as they are', () => {
    const graph = graphOf(1);
    const nodes = graph.nodes.map((node) =>
      node.id === 'service' ? { ...node, name: `<b>"Tea" & '☕'</b>\u202e` } : node,
    );
    expect(textOf(groupOf(draw({ ...graph, nodes }), 'Container service'))).toContain(`<b>"Tea" & '☕'</b>`);
  });
});
