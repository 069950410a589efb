import type { EdgeKind, NodeKind, TopologyGraph, TopologyNode } from '../graph.ts';
import type { Layout, PlacedEdge, PlacedNode } from '../placed.ts';
import { nameOnCard } from '../piece-words.ts';
import { plainText, shortened } from '../plain-text.ts';
import { frameKindOf, type FrameKind } from './export-look.ts';
import { xmlElement, xmlLines } from './xml-element.ts';

/** The two cells that every draw.io page begins with: the root, and the layer that everything lies in. */
const rootId = '0';
const layerId = '1';

/**
 * The drawing as a file of draw.io: containers are the parents of what they contain, lines keep their corners and stay
 * at their pieces when those are moved. Texts are plain texts, never HTML. The structure is that of draw.io's own
 * mxfile.xsd: `mxfile`, `diagram`, `mxGraphModel`, `root`, and in it only cells, whose places are relative to their parents'.
 */
export function toDrawio(graph: TopologyGraph, layout: Layout, title: string): string {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const placed = new Map(layout.nodes.map((place) => [place.id, place]));
  const cellIds = new Map(layout.nodes.map(({ id }, index) => [id, `piece-${index}`]));
  const pieces = layout.nodes.flatMap((place) => {
    const node = nodes.get(place.id);
    const parent = place.parent === undefined ? undefined : placed.get(place.parent);
    return node ? [pieceCell(node, place, parent, cellIds)] : [];
  });
  const domains = layout.grids.flatMap((grid, gridIndex) => {
    const frame = placed.get(grid.id);
    if (!frame) return [];
    return [...grid.columns, ...grid.rows].map(({ label, header }, index) =>
      xmlElement(
        'mxCell',
        {
          id: `domain-${gridIndex}-${index}`,
          value: label,
          style: domainStyle,
          vertex: 1,
          parent: cellIds.get(grid.id),
        },
        [geometry({ ...header, x: header.x - frame.x, y: header.y - frame.y })],
      ),
    );
  });
  const lines = layout.edges.flatMap((edge, index) => {
    const [from, to] = [placed.get(edge.from), placed.get(edge.to)];
    return from && to ? [edgeCell(edge, index, from, to, cellIds)] : [];
  });
  const root = xmlElement('root', {}, [
    xmlElement('mxCell', { id: rootId }),
    xmlElement('mxCell', { id: layerId, parent: rootId }),
    ...pieces,
    ...domains,
    ...lines,
  ]);
  const model = xmlElement(
    'mxGraphModel',
    {
      grid: 1,
      gridSize: 10,
      guides: 1,
      tooltips: 1,
      connect: 1,
      arrows: 1,
      fold: 1,
      page: 0,
      pageWidth: Math.ceil(layout.width) + 40,
      pageHeight: Math.ceil(layout.height) + 40,
      math: 0,
      shadow: 0,
    },
    [root],
  );
  const diagram = xmlElement(
    'diagram',
    { id: 'topology', name: shortened(plainText(title), 100) || 'Topology' },
    [model],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('mxfile', {}, [diagram])}\n`;
}

function pieceCell(
  node: TopologyNode,
  place: PlacedNode,
  parent: PlacedNode | undefined,
  cellIds: ReadonlyMap<string, string>,
): string {
  const count = node.count === undefined ? '' : ` × ${node.count}`;
  const name = node.kind === 'internet' || place.height < 40 ? '' : nameOnCard(node.name);
  const label = [`${node.title}${count}`, name, place.height < 40 ? '' : (node.detail ?? '')]
    .map((text) => shortened(plainText(text), 120))
    .filter((text) => text !== '');
  const box = { ...place, x: place.x - (parent?.x ?? 0), y: place.y - (parent?.y ?? 0) };
  const cell = xmlElement(
    'mxCell',
    {
      style: place.isContainer ? containerStyle(node.kind) : cardStyle(node.kind),
      vertex: 1,
      parent: parent ? cellIds.get(parent.id) : layerId,
    },
    [geometry(box)],
  );
  // What draw.io calls a user object: a cell with properties, which it shows when asked (Edit Data).
  const head = xmlElement(
    'object',
    {
      id: cellIds.get(node.id),
      name: node.name,
      type: node.type,
      resource: node.type === undefined ? undefined : node.id,
      purpose: node.purpose,
    },
    [cell],
  );
  return head.replace('<object ', () => `<object label="${xmlLines(label)}" `);
}

function edgeCell(
  edge: PlacedEdge,
  index: number,
  from: PlacedNode,
  to: PlacedNode,
  cellIds: ReadonlyMap<string, string>,
): string {
  const look = edgeStyles[edge.kind];
  const start = edge.points[0];
  const end = edge.points.at(-1);
  const style = [
    'edgeStyle=none;rounded=1;arcSize=16;jettySize=auto;fontSize=11;labelBackgroundColor=default',
    `strokeColor=${look.color}`,
    `strokeWidth=${look.width}`,
    look.dash === undefined ? 'dashed=0' : `dashed=1;dashPattern=${look.dash}`,
    'endArrow=oval;endFill=1;endSize=5',
    ...(start
      ? [
          `exitX=${share(start.x - from.x, from.width)};exitY=${share(start.y - from.y, from.height)};exitPerimeter=0`,
        ]
      : []),
    ...(end
      ? [`entryX=${share(end.x - to.x, to.width)};entryY=${share(end.y - to.y, to.height)};entryPerimeter=0`]
      : []),
  ].join(';');
  const corners = edge.points.slice(1, -1).map(({ x, y }) => xmlElement('mxPoint', { x, y }));
  const points = corners.length === 0 ? [] : [xmlElement('Array', { as: 'points' }, corners)];
  const label = edge.label?.lines.map((line) => shortened(plainText(line), 120)) ?? [];
  const cell = xmlElement(
    'mxCell',
    {
      id: `line-${index}`,
      style: `${style};`,
      edge: 1,
      parent: layerId,
      source: cellIds.get(edge.from),
      target: cellIds.get(edge.to),
    },
    // Where along the line its label stands: -1 its start, 1 its end.
    [xmlElement('mxGeometry', { x: 0.5, relative: 1, as: 'geometry' }, points)],
  );
  return label.length === 0 ? cell : cell.replace('<mxCell ', () => `<mxCell value="${xmlLines(label)}" `);
}

interface Geometry {
  x: number;
  y: number;
  width: number;
  height: number;
}

const geometry = ({ x, y, width, height }: Geometry): string =>
  xmlElement('mxGeometry', { x, y, width, height, as: 'geometry' });

const share = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round(Math.max(0, Math.min(1, part / whole)) * 10_000) / 10_000;

const frames: Readonly<Record<FrameKind, string>> = {
  service: 'strokeColor=#0f6cbd;strokeWidth=2;fillColor=#f5f9fe;fontSize=15',
  network: 'strokeColor=#00788a;strokeWidth=1.5;fillColor=#f1fafb;fontSize=13',
  subnet: 'strokeColor=#00788a;dashed=1;fillColor=#e4f4f6;fontSize=13',
  set: 'strokeColor=#881798;dashed=1;fillColor=#f8f0fa;fontSize=13',
  machine: 'strokeColor=#881798;fillColor=#ffffff;fontSize=13',
  plain: 'strokeColor=#8a8a8a;fillColor=#fafafa;fontSize=13',
};

const containerStyle = (kind: NodeKind): string =>
  `rounded=1;absoluteArcSize=1;arcSize=16;whiteSpace=wrap;container=1;collapsible=0;verticalAlign=top;align=left;spacingLeft=8;spacingTop=2;fontColor=#242424;${frames[frameKindOf(kind)]};`;

const cardStyle = (kind: NodeKind): string =>
  `rounded=1;absoluteArcSize=1;arcSize=12;whiteSpace=wrap;overflow=hidden;align=left;verticalAlign=middle;spacingLeft=8;spacingRight=6;fillColor=#ffffff;fontColor=#242424;fontSize=12;strokeColor=${cardStroke(kind)};`;

function cardStroke(kind: NodeKind): string {
  if (frameKindOf(kind) === 'machine' || kind === 'extension') return '#881798';
  if (kind === 'networkSecurityGroup' || kind === 'securityRule') return '#b58700';
  if (kind === 'disk' || kind === 'storageAccount') return '#107c10';
  return kind === 'other' || kind === 'outside' ? '#767676' : '#0f6cbd';
}

const domainStyle =
  'text;align=center;verticalAlign=middle;whiteSpace=wrap;strokeColor=none;fillColor=none;fontColor=#616161;fontSize=11;';

const edgeStyles: Readonly<Record<EdgeKind, { color: string; width: number; dash?: string }>> = {
  traffic: { color: '#0f6cbd', width: 1.75 },
  outbound: { color: '#00788a', width: 1.25, dash: '8 3' },
  guards: { color: '#b58700', width: 1.5, dash: '6 4' },
  disk: { color: '#107c10', width: 1.5 },
  diagnostics: { color: '#616161', width: 1.25, dash: '2 4' },
  spreads: { color: '#881798', width: 1.25, dash: '6 4' },
  reference: { color: '#616161', width: 1.25, dash: '4 4' },
};
