import type { Layout, PieceState } from '@slipway/topology';
import { phaseIndex } from './phases.ts';
import type { Scene } from './scene.ts';

/** What is lit up: the way of a connection, what a search found. The rest steps back. */
export interface Highlight {
  pieces: ReadonlySet<string>;
  /** Pairs `from to` of node ids whose lines light up. */
  joints: ReadonlySet<string>;
  /** Where a connection is stopped. */
  blockedAt?: string;
  /** Where a connection is not traced further. */
  untracedAt?: string;
}

/** How a line stands out. */
export const linePlain = 0;
export const lineFaded = 1;
export const lineLit = 2;

/** How everything looks at this moment, by the indexes of the scene. */
export interface Appearance {
  /** For each piece the index of its phase in `phases`. */
  phases: Uint8Array;
  /** For each piece whether it steps back. */
  faded: Uint8Array;
  /** For each piece whether it is lit up. */
  lit: Uint8Array;
  /** For each line `linePlain`, `lineFaded` or `lineLit`. */
  lines: Uint8Array;
  /** The index of the selected piece, or -1. */
  selected: number;
  /** The index of the piece at which a connection is stopped, or -1. */
  blocked: number;
  /** The index of the piece at which a connection is not traced further, or -1. */
  untraced: number;
  /** Whether anything is in work, and so pulses. */
  isWorking: boolean;
}

export interface AppearanceInput {
  states: ReadonlyMap<string, PieceState>;
  selectedId: string | undefined;
  highlight: Highlight | undefined;
  dimmed: ReadonlySet<string> | undefined;
}

/** Decides how every piece and line of a scene looks. */
export function appearanceOf(scene: Scene, input: AppearanceInput): Appearance {
  const { states, selectedId, highlight, dimmed } = input;
  const count = scene.pieces.length;
  const shownPhases = shownPhasesOf(scene, states);
  const lit = marked(scene, highlight?.pieces);
  const faded = new Uint8Array(count);
  if (highlight) for (let index = 0; index < count; index += 1) faded[index] = lit[index] ? 0 : 1;
  if (dimmed && dimmed.size > 0) {
    for (const id of dimmed) {
      const index = scene.indexOf.get(id);
      if (index !== undefined && !lit[index]) faded[index] = 1;
    }
  }
  return {
    phases: shownPhases,
    faded: highlight ? keptFrames(scene, faded) : faded,
    lit,
    lines: lineLooks(scene, input, faded),
    selected: selectedId === undefined ? -1 : indexOfShown(scene, selectedId),
    blocked: highlight?.blockedAt === undefined ? -1 : indexOfShown(scene, highlight.blockedAt),
    untraced: highlight?.untracedAt === undefined ? -1 : indexOfShown(scene, highlight.untracedAt),
    isWorking: shownPhases.includes(phaseIndex('working')),
  };
}

/** For each piece its phase: of what it hides, too, the one that must be seen first. An open frame speaks for itself. */
function shownPhasesOf(scene: Scene, states: ReadonlyMap<string, PieceState>): Uint8Array {
  const own = Uint8Array.from(scene.ownPhases);
  for (const [id, { phase }] of states) {
    const at = scene.nodeAt.get(id);
    if (at !== undefined) own[at] = phaseIndex(phase);
  }
  const shown = new Uint8Array(scene.pieces.length);
  for (let at = 0; at < own.length; at += 1) {
    const holder = scene.holders[at] ?? -1;
    const phase = own[at] ?? 0;
    if (holder >= 0 && phase > (shown[holder] ?? 0)) shown[holder] = phase;
  }
  return shown;
}

/** The index of the piece that stands for a node: its own, or that of the closed container that hides it; -1 for none. */
export const indexOfShown = (scene: Scene, id: string): number =>
  scene.indexOf.get(id) ?? scene.holders[scene.nodeAt.get(id) ?? -1] ?? -1;

function marked(scene: Scene, ids: ReadonlySet<string> | undefined): Uint8Array {
  const marks = new Uint8Array(scene.pieces.length);
  if (!ids || ids.size === 0) return marks;
  for (const id of ids) {
    const index = indexOfShown(scene, id);
    if (index >= 0) marks[index] = 1;
  }
  return marks;
}

/** The frames around what is not faded do not step back either. */
function keptFrames(scene: Scene, faded: Uint8Array): Uint8Array {
  const kept = Uint8Array.from(faded);
  for (const [index, { placed }] of scene.pieces.entries()) {
    if (faded[index]) continue;
    for (let parent = placed.parent; parent !== undefined;) {
      const at = scene.indexOf.get(parent);
      if (at === undefined) break;
      kept[at] = 0;
      parent = scene.pieces[at]?.placed.parent;
    }
  }
  return kept;
}

/** The lines of a highlight light up; without one those of the selected piece. */
function lineLooks(scene: Scene, input: AppearanceInput, faded: Uint8Array): Uint8Array {
  const { highlight, selectedId, dimmed } = input;
  if (!highlight && selectedId === undefined && !dimmed?.size) return plainLines(scene);
  const looks = new Uint8Array(scene.lines.length);
  const joints = highlight && shownJoints(scene, highlight.joints);
  const touches = (from: string, to: string): boolean => from === selectedId || to === selectedId;
  const isAnyTouched =
    !joints && selectedId !== undefined && scene.lines.some(({ from, to }) => touches(from, to));
  const isDimmed = (id: string): boolean => {
    const index = scene.indexOf.get(id);
    return index !== undefined && faded[index] === 1;
  };
  for (const [index, { from, to }] of scene.lines.entries()) {
    if (joints)
      looks[index] = joints.has(`${from} ${to}`) || joints.has(`${to} ${from}`) ? lineLit : lineFaded;
    else if (isAnyTouched) looks[index] = touches(from, to) ? lineLit : lineFaded;
    else if (dimmed && dimmed.size > 0 && (isDimmed(from) || isDimmed(to))) looks[index] = lineFaded;
  }
  return looks;
}

const plain = new WeakMap<Layout, Uint8Array>();

/** No line stands out: the very same for a layout each time, so that nothing is made of it anew. */
function plainLines({ layout }: Scene): Uint8Array {
  const known = plain.get(layout);
  if (known) return known;
  const made = new Uint8Array(layout.edges.length).fill(linePlain);
  plain.set(layout, made);
  return made;
}

/** The joints between what is drawn: ends hidden in closed containers become those. */
function shownJoints(scene: Scene, joints: ReadonlySet<string>): Set<string> {
  const shown = (id: string): string => scene.pieces[indexOfShown(scene, id)]?.node.id ?? id;
  return new Set(
    [...joints].map((joint) => {
      const [from = '', to = ''] = joint.split(' ');
      return `${shown(from)} ${shown(to)}`;
    }),
  );
}
