import { type Layout, edgeKindSchema } from '@slipway/topology';
import { lineFaded, lineLit, linePlain } from './appearance.ts';
import type { Scene } from './scene.ts';

/**
 * The lines of a scene as what is seen of them from afar: stretches of lines of one kind that lie on each other and look
 * alike are one trunk. In large drawings most do, since lines run together where they go the same way.
 */
export interface Trunks {
  /** Four numbers for each trunk: left, top, right, bottom; it has no width. */
  boxes: Float32Array;
  /** For each trunk its lines' kind, as its index in `edgeKindSchema`'s options. */
  kinds: Uint8Array;
  /** For each trunk how its lines stand out. */
  looks: Uint8Array;
  /** For each trunk how many lines lie on each other, on the average of its length. */
  thickness: Float32Array;
}

const lookCount = Math.max(linePlain, lineFaded, lineLit) + 1;
const classCount = edgeKindSchema.options.length * lookCount;

const made = new WeakMap<Uint8Array, { layout: Layout; trunks: Trunks }>();

/** The trunks of a scene whose lines stand out as `looks` says, a number for each line; made once for each. */
export function trunksOf(scene: Scene, looks: Uint8Array): Trunks {
  const known = made.get(looks);
  if (known?.layout === scene.layout) return known.trunks;
  const trunks = makeTrunks(scene, looks);
  made.set(looks, { layout: scene.layout, trunks });
  return trunks;
}

function makeTrunks(scene: Scene, looks: Uint8Array): Trunks {
  const { stretches, lineOf, stretchKinds } = scene;
  const boxes: number[] = [];
  const kinds: number[] = [];
  const looksOf: number[] = [];
  const thickness: number[] = [];
  // Of each class the trunk that is not at its end yet.
  const from = new Float64Array(classCount);
  const to = new Float64Array(classCount).fill(-Infinity);
  const length = new Float64Array(classCount);
  const end = (kind: number, isUpright: boolean, place: number): void => {
    const start = from[kind] ?? 0;
    const stop = to[kind] ?? 0;
    if (stop === -Infinity) return;
    if (isUpright) boxes.push(place, start, place, stop);
    else boxes.push(start, place, stop, place);
    kinds.push(Math.floor(kind / lookCount));
    looksOf.push(kind % lookCount);
    thickness.push(stop > start ? (length[kind] ?? 0) / (stop - start) : 1);
    to[kind] = -Infinity;
  };
  for (const { place, isUpright, members } of tracksOf(scene)) {
    const along = isUpright ? 1 : 0;
    for (const index of members) {
      const start = stretches[index * 4 + along] ?? 0;
      const stop = stretches[index * 4 + along + 2] ?? 0;
      const kind = (stretchKinds[index] ?? 0) * lookCount + (looks[lineOf[index] ?? 0] ?? 0);
      if (start > (to[kind] ?? 0)) {
        end(kind, isUpright, place);
        from[kind] = start;
        to[kind] = stop;
        length[kind] = stop - start;
      } else {
        to[kind] = Math.max(to[kind] ?? 0, stop);
        length[kind] = (length[kind] ?? 0) + stop - start;
      }
    }
    for (let kind = 0; kind < classCount; kind += 1) end(kind, isUpright, place);
  }
  return {
    boxes: Float32Array.from(boxes),
    kinds: Uint8Array.from(kinds),
    looks: Uint8Array.from(looksOf),
    thickness: Float32Array.from(thickness),
  };
}

/** The stretches that lie on one straight through the whole drawing, by where they begin. */
interface Track {
  isUpright: boolean;
  /** Where the straight crosses the other axis. */
  place: number;
  members: Uint32Array;
}

const tracks = new WeakMap<Layout, Track[]>();

function tracksOf(scene: Scene): Track[] {
  const known = tracks.get(scene.layout);
  if (known) return known;
  const { stretches } = scene;
  const upright = new Map<number, number[]>();
  const level = new Map<number, number[]>();
  for (let index = 0; index < scene.lineOf.length; index += 1) {
    const left = stretches[index * 4] ?? 0;
    const top = stretches[index * 4 + 1] ?? 0;
    const isUpright = left === stretches[index * 4 + 2];
    const of = isUpright ? upright : level;
    const place = isUpright ? left : top;
    const members = of.get(place);
    if (members) members.push(index);
    else of.set(place, [index]);
  }
  const sorted = (of: ReadonlyMap<number, number[]>, isUpright: boolean): Track[] => {
    const along = isUpright ? 1 : 0;
    const begin = (index: number): number => stretches[index * 4 + along] ?? 0;
    return [...of].map(([place, members]) => ({
      isUpright,
      place,
      members: Uint32Array.from(members.toSorted((a, b) => begin(a) - begin(b))),
    }));
  };
  const found = [...sorted(upright, true), ...sorted(level, false)];
  tracks.set(scene.layout, found);
  return found;
}
