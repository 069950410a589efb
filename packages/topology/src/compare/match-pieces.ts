import type { TopologyGraph, TopologyNode } from '../graph.ts';

/** Which piece of the one moment is which of the other: ids of nodes. */
export type PieceMatch = ReadonlyMap<string, string>;

/** Pieces are the same where their ids are. */
export function matchById(before: TopologyGraph, after: TopologyGraph): PieceMatch {
  const known = new Set(after.nodes.map(({ id }) => id));
  return new Map(before.nodes.flatMap(({ id }): [string, string][] => (known.has(id) ? [[id, id]] : [])));
}

/** How far around a piece its neighbourhood counts for what it is. */
const rounds = 3;

/**
 * Pieces are the same where they stand in the same place: what they are, whose they are, what contains them, and what they
 * are joined to; never by names. The nearest likeness comes first: what has the same neighbours, then what at least is the
 * same and lies in the same place, then what is of the same kind there. Where several are alike their order decides, and
 * the number of a machine counts before that. Swapping the two moments gives the same pairs.
 */
export function matchByStructure(before: TopologyGraph, after: TopologyGraph): PieceMatch {
  const signs = new Signs();
  const old = describeGraph(before, signs);
  const now = describeGraph(after, signs);
  const match = new Map<string, string>();
  const taken = new Set<string>();
  const pair = (
    key: (piece: Described, parent: string) => string | undefined,
    isCandidate: (piece: Described) => boolean,
  ): void => {
    const open = Map.groupBy(
      now.filter((piece) => !taken.has(piece.node.id) && isCandidate(piece)),
      (piece) => key(piece, piece.node.parent ?? ''),
    );
    for (const piece of old) {
      if (match.has(piece.node.id) || !isCandidate(piece)) continue;
      const parent = piece.node.parent === undefined ? '' : match.get(piece.node.parent);
      const wanted = parent === undefined ? undefined : key(piece, parent);
      const found = wanted === undefined ? undefined : open.get(wanted)?.shift();
      if (!found) continue;
      match.set(piece.node.id, found.node.id);
      taken.add(found.node.id);
    }
  };
  const deepest = Math.max(0, ...old.map(({ depth }) => depth));
  for (let depth = 0; depth <= deepest; depth += 1) {
    const isHere = (piece: Described): boolean => piece.depth === depth;
    for (let round = rounds; round >= 0; round -= 1) {
      pair((piece, parent) => `${piece.signs[round] ?? ''} ${parent}`, isHere);
    }
    pair(
      (piece, parent) => `${kindKey(piece.node)} ${parent}`,
      (piece) => isHere(piece) && !isKnownByItsWords(piece.node),
    );
  }
  // What has moved to another place.
  pairAnywhere(old, now, match, taken);
  return match;
}

function pairAnywhere(
  old: readonly Described[],
  now: readonly Described[],
  match: Map<string, string>,
  taken: ReadonlySet<string>,
): void {
  const isLeft = (piece: Described): boolean => !piece.node.isPart;
  const open = Map.groupBy(
    now.filter((piece) => !taken.has(piece.node.id) && isLeft(piece)),
    (piece) => piece.signs[0] ?? '',
  );
  for (const piece of old) {
    if (match.has(piece.node.id) || !isLeft(piece)) continue;
    const found = open.get(piece.signs[0] ?? '')?.shift();
    if (found) match.set(piece.node.id, found.node.id);
  }
}

interface Described {
  node: TopologyNode;
  depth: number;
  /** What it is: by itself, then with its neighbours, then with theirs, … */
  signs: string[];
}

/** Short signs for long descriptions, the same in both graphs. */
class Signs {
  readonly #known = new Map<string, string>();

  of(description: string): string {
    const known = this.#known.get(description);
    if (known !== undefined) return known;
    const made = String(this.#known.size);
    this.#known.set(description, made);
    return made;
  }
}

function describeGraph(graph: TopologyGraph, signs: Signs): Described[] {
  const parents = new Map(graph.nodes.map(({ id, parent }) => [id, parent]));
  const depthOf = (id: string): number => {
    let depth = 0;
    for (let at = parents.get(id); at !== undefined; at = parents.get(at)) depth += 1;
    return depth;
  };
  const neighbours = new Map<string, { kind: string; other: string }[]>();
  const note = (id: string, kind: string, other: string): void => {
    const list = neighbours.get(id);
    if (list) list.push({ kind, other });
    else neighbours.set(id, [{ kind, other }]);
  };
  for (const { from, to, kind } of graph.edges) {
    note(from, `${kind} to`, to);
    note(to, `${kind} from`, from);
  }
  for (const { id, parent } of graph.nodes) {
    if (parent === undefined) continue;
    note(id, 'in', parent);
    note(parent, 'around', id);
  }
  let current = new Map(graph.nodes.map((node) => [node.id, signs.of(ownKey(node))]));
  const described = graph.nodes.map((node): Described => ({
    node,
    depth: depthOf(node.id),
    signs: [current.get(node.id) ?? ''],
  }));
  for (let round = 1; round <= rounds; round += 1) {
    const last = current;
    current = new Map(
      graph.nodes.map(({ id }) => {
        const around = (neighbours.get(id) ?? []).map(
          ({ kind, other }) => `${kind} ${last.get(other) ?? ''}`,
        );
        return [id, signs.of(`${last.get(id) ?? ''}: ${around.toSorted().join('; ')}`)];
      }),
    );
    for (const piece of described) piece.signs.push(current.get(piece.node.id) ?? '');
  }
  return described;
}

const kindKey = ({ kind, type, role }: TopologyNode): string =>
  `${kind} ${type?.toLowerCase() ?? ''} ${role ?? ''}`;

/** What a piece is without its neighbours. Titles tell whose it is and which one, as the structure told them. */
function ownKey(node: TopologyNode): string {
  return `${kindKey(node)} ${node.isPart ? 'part' : ''} ${wordsOf(node)}`;
}

/** Rules and routes are nothing but what they say: one that says something else is another one. */
const isKnownByItsWords = ({ kind }: TopologyNode): boolean =>
  kind === 'loadBalancerRule' || kind === 'securityRule' || kind === 'route';

function wordsOf(node: TopologyNode): string {
  const facts = (labels: readonly string[]): string =>
    node.facts
      .filter(({ label }) => labels.includes(label))
      .map(({ value }) => value)
      .join(' ');
  if (node.kind === 'loadBalancerRule') return facts(['Rule', 'Protocol', 'Port', 'Port there']);
  if (node.kind === 'outside') return '';
  // A disk of a machine without a number bears the machine's name.
  return node.kind === 'disk' ? node.title.replace(/ of .*$/, '') : node.title;
}
