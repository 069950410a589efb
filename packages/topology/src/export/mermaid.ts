import type { NodeKind, TopologyGraph, TopologyNode } from '../graph.ts';
import { nameOnCard } from '../piece-words.ts';
import { plainText, shortened } from '../plain-text.ts';
import { closedAtFirst, visiblePieces, type VisibleLine, type VisiblePiece } from '../visible.ts';

/** More of a text than this makes a box that nobody reads. */
const mostCharacters = 120;

/**
 * What means something to Mermaid's grammar, or to the Markdown and HTML that its labels are read as, stands as the
 * code that Mermaid has for any character (`#34;`).
 */
export function mermaidText(text: string): string {
  const escaped = shortened(plainText(text), mostCharacters)
    .replaceAll(/["#&<>%;`\\*~$[\]{}|^]/g, codeOf)
    // A label that begins like a list or a heading would be read as one.
    .replace(/^(\d+)([.)])(?=\s|$)/, (_match, digits: string, mark: string) => digits + codeOf(mark))
    .replace(/^[-+=]/, codeOf)
    // Underscores at the border of a word emphasise.
    .replaceAll(/(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu, (marks) => marks.replaceAll('_', codeOf))
    // Addresses would become links.
    .replaceAll(/:(?=\/\/)|(?<=www)\.|@/gi, codeOf);
  // Mermaid takes the semicolon off what it thinks is a style.
  return /style|classDef/.test(escaped) ? escaped.replaceAll(':', codeOf) : escaped;
}

const codeOf = (character: string): string => `#${character.codePointAt(0) ?? 0};`;

/** A flowchart in Mermaid's language. */
export interface MermaidFlowchart {
  source: string;
  /** How many lines it has between its boxes, which Mermaid calls edges. */
  lines: number;
}

/**
 * The graph as a Mermaid flowchart, with containers as subgraphs. Pieces are numbered, so that no name is ever read as
 * Mermaid's language. What `closed` containers hold is left out: what scale sets hold, unless it is given.
 */
export function toMermaid(
  graph: TopologyGraph,
  title: string,
  closed: ReadonlySet<string> = closedAtFirst(graph),
): MermaidFlowchart {
  const { pieces, roots, lines: joints } = visiblePieces(graph, closed);
  const ids = new Map(pieces.map(({ node }, index) => [node.id, `n${index}`]));
  const lines: string[] = [];
  const write = (piece: VisiblePiece, depth: number): void => {
    const { node, children } = piece;
    const indent = '  '.repeat(depth);
    const id = ids.get(node.id) ?? '';
    if (children.length === 0) {
      lines.push(`${indent}${id}${boxOf(piece)}:::${classOf(node)}`);
      return;
    }
    lines.push(`${indent}subgraph ${id}["${labelOf(node, ' · ')}"]`, `${indent}  direction LR`);
    for (const child of children) write(child, depth + 1);
    lines.push(`${indent}end`);
  };
  for (const piece of roots) write(piece, 1);
  for (const joint of joints) {
    lines.push(`  ${ids.get(joint.from.node.id) ?? ''} ${arrowOf(joint)} ${ids.get(joint.to.node.id) ?? ''}`);
  }
  const head = plainText(title) === '' ? [] : ['---', `title: ${JSON.stringify(titleText(title))}`, '---'];
  return {
    source: `${[...head, 'flowchart LR', ...lines, ...classes].join('\n')}\n`,
    lines: joints.length,
  };
}

/** The title stands in YAML, whose double-quoted texts take JSON's escapes; Mermaid looks for directives everywhere. */
const titleText = (title: string): string =>
  shortened(plainText(title), mostCharacters).replaceAll('%%', '% %');

function labelOf(node: TopologyNode, separator: string, inside = ''): string {
  const count = node.count === undefined ? '' : ` × ${node.count}`;
  const name = node.kind === 'internet' || node.isPart ? '' : nameOnCard(node.name);
  return [`${node.title}${count}`, name, node.detail ?? '', inside]
    .map((text) => mermaidText(text))
    .filter((text) => text !== '')
    .join(separator);
}

/** The shapes that are no plain boxes: round for what is outside, a cylinder for what keeps data, double sides for many machines. */
const shapes: Partial<Record<NodeKind, readonly [start: string, end: string]>> = {
  internet: ['([', '])'],
  outside: ['([', '])'],
  disk: ['[(', ')]'],
  storageAccount: ['[(', ')]'],
  scaleSet: ['[[', ']]'],
  networkSecurityGroup: ['{{', '}}'],
  securityRule: ['{{', '}}'],
};

function boxOf({ node, inside }: VisiblePiece): string {
  const [start, end] = shapes[node.kind] ?? ['[', ']'];
  // A scale set says how many machines it is.
  const hidden = inside > 0 && node.kind !== 'scaleSet' ? `${inside} inside` : '';
  return `${start}"${labelOf(node, '<br/>', hidden)}"${end}`;
}

function arrowOf({ kind, labels, from }: VisibleLine): string {
  // A rule says itself what passes.
  const said = from.node.kind === 'loadBalancerRule' ? [] : labels;
  const words = said.map((text) => mermaidText(text)).filter((text) => text !== '');
  const label = words.length === 0 ? '' : `|"${words.join('<br/>')}"|`;
  switch (kind) {
    case 'traffic':
      return `-->${label}`;
    case 'disk':
      return `---${label}`;
    case 'guards':
    case 'outbound':
    case 'spreads':
      return `-.->${label}`;
    case 'diagnostics':
    case 'reference':
      return `-.-${label}`;
  }
}

const classOfKind: Partial<Record<NodeKind, string>> = {
  availabilitySet: 'machine',
  virtualMachine: 'machine',
  scaleSet: 'machine',
  scaleSetInstance: 'machine',
  extension: 'machine',
  networkSecurityGroup: 'guard',
  securityRule: 'guard',
  disk: 'store',
  storageAccount: 'store',
  other: 'plain',
  outside: 'plain',
};

const classOf = ({ kind }: TopologyNode): string => classOfKind[kind] ?? 'network';

/** Borders only: what is filled would be unreadable in one of light and dark. */
const classes = [
  '  classDef network stroke:#0f6cbd',
  '  classDef machine stroke:#881798',
  '  classDef guard stroke:#c19c00',
  '  classDef store stroke:#107c10',
  '  classDef plain stroke:#767676',
];
