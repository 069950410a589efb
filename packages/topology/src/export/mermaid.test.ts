import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../hostile-names.test-support.ts';
import { buildTopology, mermaidExcess, mermaidLimits, toMermaid, type TopologyGraph } from '../index.ts';
import { swarmResources } from '../swarm-resources.test-support.ts';

const graphOf = (masters: number): TopologyGraph =>
  buildTopology({
    serviceName: 'demo',
    resources: swarmResources({ masters, agents: 3, withInstances: true }),
  });

// Mermaid itself needs a browser's DOM to read a flowchart, so here the lines are held against the part of its grammar
// that is used: quoted labels without a quotation mark, numbered pieces, a known arrow.
const label = String.raw`"(?:[^"\\\x60%<>;#]|#\d+;|<br\/>)*"`;
const shapes = [
  `\\[${label}\\]`,
  `\\(\\[${label}\\]\\)`,
  `\\[\\(${label}\\)\\]`,
  `\\[\\[${label}\\]\\]`,
  `\\{\\{${label}\\}\\}`,
];
const lineForms = [
  /^---$/,
  /^title: "(?:[^"\\]|\\.)*"$/,
  /^flowchart LR$/,
  /^ *direction LR$/,
  /^ *end$/,
  new RegExp(`^ *subgraph n\\d+\\[${label}\\]$`),
  new RegExp(`^ *n\\d+(?:${shapes.join('|')}):::[a-z]+$`),
  new RegExp(`^ *n\\d+ (?:-->|---|-\\.->|-\\.-)(?:\\|${label}\\|)? n\\d+$`),
  /^ *classDef [a-z]+ stroke:#[0-9a-f]{6}$/,
];
function expectGrammar(source: string): void {
  let depth = 0;
  for (const line of source.trimEnd().split('\n')) {
    expect(
      lineForms.some((form) => form.test(line)),
      line,
    ).toBe(true);
    if (line.trim().startsWith('subgraph ')) depth += 1;
    if (line.trim() === 'end') depth -= 1;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
}

describe('toMermaid', () => {
  test.each([1, 3, 5])('draws %i masters with containers around what they contain', (masters) => {
    const { source, lines } = toMermaid(graphOf(masters), 'demo');
    expectGrammar(source);
    expect(source).toMatch(/^---\ntitle: "demo"\n---\nflowchart LR\n/);
    expect(source).toContain('subgraph n1["Container service · demo"]');
    expect(source).toContain('[["Agents × 3<br/>swarm-agent-12345678-vmss<br/>Standard_D2s_v5"]]');
    expect(source).toContain('["TCP 80 → agents:80<br/>203.0.113.11"]');
    expect(source.match(/-->/g)?.length).toBeGreaterThan(masters * 2);
    expect(source.match(/subgraph n\d+\["Master \d/g)).toHaveLength(masters);
    expect(source.match(/^ {2}n\d+ \S+ n\d+$|^ {2}n\d+ \S+\|.*\| n\d+$/gm)).toHaveLength(lines);
  });

  test('leaves out what is closed, and says how much that is', () => {
    const graph = graphOf(1);
    const network = graph.nodes.find(({ kind }) => kind === 'virtualNetwork')!;
    const { source, lines } = toMermaid(graph, '', new Set([network.id]));
    expectGrammar(source);
    expect(source).toMatch(/n\d+\["Virtual network<br\/>[^"]* inside"\]/);
    expect(source).not.toContain("Masters' subnet");
    expect(lines).toBeLessThan(toMermaid(graph, '', new Set()).lines);
  });

  test('says by what it is larger than Mermaid draws', () => {
    expect(mermaidExcess(toMermaid(graphOf(5), 'demo'))).toEqual([]);
    const { characters, lines } = mermaidLimits;
    expect(mermaidExcess({ source: 'x'.repeat(characters), lines })).toEqual([]);
    expect(mermaidExcess({ source: 'x'.repeat(characters + 1), lines })).toEqual(['characters']);
    expect(mermaidExcess({ source: 'x'.repeat(characters + 1), lines: lines + 1 })).toEqual([
      'characters',
      'lines',
    ]);
  });

  test('never joins a container with what it contains, which Mermaid cannot draw', () => {
    const graph = graphOf(1);
    const inside = graph.nodes.find(({ kind }) => kind === 'networkInterface')!;
    const edge = {
      id: 'x',
      from: inside.parent ?? '',
      to: inside.id,
      kind: 'reference' as const,
      labels: [],
    };
    expect(toMermaid({ ...graph, edges: [edge] }, '').source).not.toContain('-.-');
  });

  test('writes what means something to Mermaid as codes', () => {
    const graph = graphOf(1);
    const nodes = graph.nodes.map((node) =>
      node.id === 'service' ? { ...node, name: '"] --> n3["' } : node,
    );
    expect(toMermaid({ ...graph, nodes }, '').source).toContain(
      'subgraph n1["Container service · #34;#93; --#62; n3#91;#34;"]',
    );
  });

  test('keeps to the grammar whatever things are called', () => {
    const base = graphOf(3);
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 12 }), anyText, (names, title) => {
        const nodes = base.nodes.map((node, index) => {
          const name = names[index % names.length] ?? '';
          return { ...node, name, title: name, detail: name };
        });
        expectGrammar(
          toMermaid({ nodes, edges: base.edges.map((edge) => ({ ...edge, labels: names })) }, title).source,
        );
      }),
      { numRuns: 40 },
    );
  });
});
