import type { TopologyNode } from '@slipway/topology';
import type { LinksOf, PieceLink } from '../piece-links.ts';

/** One row of the tree: a piece, or one of the lines that join an opened piece to another. */
export interface TreeRow {
  /** Different for every row. */
  key: string;
  /** The piece, or the one at the other end of the line. */
  node: TopologyNode;
  /** Absent for a piece. */
  link?: PieceLink;
  /** Counted from 1. */
  level: number;
  /** Among its siblings, counted from 1. */
  position: number;
  siblings: number;
  isOpen: boolean;
  /** The key of the row that it lies in; undefined for the outermost. */
  parent: string | undefined;
  /** Whether it is only there because something inside it is looked for. */
  isContext: boolean;
}

interface TreeInput {
  roots: readonly TopologyNode[];
  childrenOf: ReadonlyMap<string, readonly TopologyNode[]>;
  linksOf: LinksOf;
  isOpen: (id: string) => boolean;
  /** The pieces that are looked for; undefined for all. */
  matching: ReadonlySet<string> | undefined;
}

/** The rows that are open now, in reading order. What lies around a piece that is looked for is opened. */
export function treeRows({ roots, childrenOf, linksOf, isOpen, matching }: TreeInput): TreeRow[] {
  const around = matching && whatIsAround(matching, roots, childrenOf);
  const isShown = (id: string): boolean => !matching || !around || matching.has(id) || around.has(id);
  const rows: TreeRow[] = [];
  const add = (
    nodes: readonly TopologyNode[],
    level: number,
    parent: string | undefined,
    before: number,
  ): void => {
    const shown = nodes.filter(({ id }) => isShown(id));
    for (const [index, node] of shown.entries()) {
      const children = childrenOf.get(node.id) ?? [];
      const open = isOpen(node.id) || (around?.has(node.id) ?? false);
      rows.push({
        key: node.id,
        node,
        level,
        position: before + index + 1,
        siblings: before + shown.length,
        isOpen: open,
        parent,
        isContext: matching !== undefined && !matching.has(node.id),
      });
      if (!open) continue;
      const isMeant = !matching || matching.has(node.id);
      const links = isMeant && isOpen(node.id) ? linksOf(node.id) : [];
      for (const [at, link] of links.entries())
        rows.push({
          key: `${node.id} ${link.id}`,
          node: link.other,
          link,
          level: level + 1,
          position: at + 1,
          siblings: links.length + children.length,
          isOpen: false,
          parent: node.id,
          isContext: false,
        });
      add(children, level + 1, node.id, links.length);
    }
  };
  add(roots, 1, undefined, 0);
  return rows;
}

function whatIsAround(
  matching: ReadonlySet<string>,
  roots: readonly TopologyNode[],
  childrenOf: ReadonlyMap<string, readonly TopologyNode[]>,
): ReadonlySet<string> {
  const around = new Set<string>();
  const holds = ({ id }: TopologyNode): boolean => {
    // Every child is looked at, so that each of them learns what it holds.
    const inside = (childrenOf.get(id) ?? []).map(holds);
    if (inside.includes(true)) around.add(id);
    return matching.has(id) || around.has(id);
  };
  for (const root of roots) holds(root);
  return around;
}
