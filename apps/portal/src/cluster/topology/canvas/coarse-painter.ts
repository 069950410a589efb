import { type EdgeKind, type NodeKind, edgeKindSchema, nodeKindSchema } from '@slipway/topology';
import { edgeLooks } from '../edge-look.ts';
import type { Viewport } from '../start-viewport.ts';
import { type Appearance, lineFaded, lineLit } from './appearance.ts';
import type { Palette } from './palette.ts';
import { type ShownPhase, phases } from './phases.ts';
import { type Raster, blendBox, fillBox, mixed, outlineBox } from './raster.ts';
import type { Scene } from './scene.ts';
import { trunksOf } from './trunks.ts';

/** So much of its colour what steps back keeps, of 256. */
const fadedShare = 56;
/** The least of a line that is seen when it is thinner than a pixel, of 256. */
const leastLineShare = 32;

export interface CoarsePicture {
  scene: Scene;
  appearance: Appearance;
  palette: Palette;
  /** In pixels of the raster. */
  viewport: Viewport;
  /** What is in work is painted brighter: alternating makes it pulse. */
  isBright: boolean;
  /** Whether cards are painted, or only what lies below them. */
  hasCards: boolean;
}

/** What lies below the cards, kept from one picture to the next that differs in its cards only. */
export interface KeptGround {
  pixels: Uint32Array;
  of: CoarsePicture | undefined;
}

/** A kept ground for a raster of so many pixels. */
export const emptyGround = (pixels: number): KeptGround => ({
  pixels: new Uint32Array(pixels),
  of: undefined,
});

/** Paints a scene as upright rectangles: frames, lines, then cards; what lies below the cards once for a kept `ground`. */
export function paintCoarsely(raster: Raster, picture: CoarsePicture, ground?: KeptGround): void {
  if (ground?.of && isSameGround(ground.of, picture)) raster.pixels.set(ground.pixels);
  else {
    raster.pixels.fill(picture.palette.background.pixel);
    paintPieces(raster, picture, colorsOf(picture, true), true);
    paintLines(raster, picture);
    if (ground) {
      ground.pixels.set(raster.pixels);
      ground.of = picture;
    }
  }
  if (picture.hasCards) paintPieces(raster, picture, colorsOf(picture, false), false);
}

function isSameGround(before: CoarsePicture, now: CoarsePicture): boolean {
  const { scene, palette, viewport, appearance } = before;
  const { x, y, zoom } = now.viewport;
  if (
    scene.layout !== now.scene.layout ||
    palette !== now.palette ||
    appearance.lines !== now.appearance.lines
  )
    return false;
  if (viewport.x !== x || viewport.y !== y || viewport.zoom !== zoom) return false;
  const { phases: phasesNow, faded, lit, selected, blocked, untraced } = now.appearance;
  if (appearance.selected !== selected || appearance.blocked !== blocked || appearance.untraced !== untraced)
    return false;
  return scene.frames.every(
    (isFrame, index) =>
      isFrame === 0 ||
      (appearance.phases[index] === phasesNow[index] &&
        appearance.faded[index] === faded[index] &&
        appearance.lit[index] === lit[index]),
  );
}

/** Colours by kind and phase, so that nothing need be mixed for each piece; of what steps back in the second half. */
interface Colors {
  fill: Uint32Array;
  stroke: Uint32Array;
}

const kindCount = nodeKindSchema.options.length;
const fadedFrom = kindCount * phases.length;

function colorsOf({ palette, isBright }: CoarsePicture, frames: boolean): Colors {
  const ground = palette.background.pixel;
  const fill = new Uint32Array(2 * fadedFrom);
  const stroke = new Uint32Array(2 * fadedFrom);
  for (const [kindAt, kind] of nodeKindSchema.options.entries()) {
    for (const [phaseAt, phase] of phases.entries()) {
      const at = kindAt * phases.length + phaseAt;
      const color = frames ? frameColor(palette, kind, phase) : cardColor(palette, kind, phase, isBright);
      fill[at] = color.fill;
      stroke[at] = color.stroke;
      fill[at + fadedFrom] = mixed(ground, color.fill, fadedShare);
      stroke[at + fadedFrom] = mixed(ground, color.stroke, fadedShare);
    }
  }
  return { fill, stroke };
}

interface Color {
  fill: number;
  stroke: number;
}

function frameColor(palette: Palette, kind: NodeKind, phase: ShownPhase): Color {
  const { fill, stroke } = palette.ofFrame(kind);
  const isPending = phase === 'planned' || phase === 'deleted';
  return {
    fill: isPending ? palette.background.pixel : fill.pixel,
    stroke: phase === 'failed' ? palette.failed.pixel : stroke.pixel,
  };
}

function cardColor(palette: Palette, kind: NodeKind, phase: ShownPhase, isBright: boolean): Color {
  const ground = palette.background.pixel;
  const stroke = mixed(ground, palette.ofKind(kind).pixel, 200);
  switch (phase) {
    case 'planned':
    case 'deleted':
      return { fill: palette.card.pixel, stroke };
    case 'failed':
      return { fill: palette.failed.pixel, stroke: palette.failed.pixel };
    case 'working':
      return {
        fill: mixed(ground, palette.working.pixel, isBright ? 230 : 130),
        stroke: palette.working.pixel,
      };
    case 'deleting':
      return { fill: mixed(ground, palette.ofKind(kind).pixel, 40), stroke };
    case 'none':
    case 'done':
      return { fill: palette.tintOf(kind).pixel, stroke };
  }
}

function paintPieces(
  raster: Raster,
  { scene, appearance, palette, viewport: { x, y, zoom } }: CoarsePicture,
  colors: Colors,
  areFrames: boolean,
): void {
  const { boxes, kinds, frames } = scene;
  const { width, height } = raster;
  const wanted = areFrames ? 1 : 0;
  for (let index = 0; index < kinds.length; index += 1) {
    if (frames[index] !== wanted) continue;
    const left = Math.round((boxes[index * 4] ?? 0) * zoom + x);
    const top = Math.round((boxes[index * 4 + 1] ?? 0) * zoom + y);
    const right = Math.max(left + 1, Math.round((boxes[index * 4 + 2] ?? 0) * zoom + x));
    const bottom = Math.max(top + 1, Math.round((boxes[index * 4 + 3] ?? 0) * zoom + y));
    if (left >= width || top >= height || right <= 0 || bottom <= 0) continue;
    const at =
      (kinds[index] ?? 0) * phases.length +
      (appearance.phases[index] ?? 0) +
      (appearance.faded[index] === 1 ? fadedFrom : 0);
    const fill = colors.fill[at] ?? 0;
    const stroke = colors.stroke[at] ?? 0;
    const isMarked =
      index === appearance.selected ||
      index === appearance.blocked ||
      index === appearance.untraced ||
      appearance.lit[index] === 1;
    if (isMarked && !areFrames) {
      const mark =
        index === appearance.blocked
          ? palette.failed.pixel
          : index === appearance.untraced
            ? palette.uncertain.pixel
            : palette.accent.pixel;
      // Seen from afar, too.
      fillBox(raster, left - 2, top - 2, right + 2, bottom + 2, mark);
    }
    fillBox(raster, left, top, right, bottom, fill);
    if (right - left > 4 && bottom - top > 4) outlineBox(raster, left, top, right, bottom, stroke);
    else if (areFrames) blendBox(raster, left, top, right, bottom, stroke, 128);
    if (isMarked && areFrames) outlineBox(raster, left, top, right, bottom, palette.accent.pixel, 2);
  }
}

function paintLines(
  raster: Raster,
  { scene, appearance, palette, viewport: { x, y, zoom } }: CoarsePicture,
): void {
  const { boxes, kinds, looks: trunkLooks, thickness: layers } = trunksOf(scene, appearance.lines);
  const { width, height } = raster;
  const looks = edgeKindSchema.options.map((kind) => lineLook(kind, palette, zoom));
  const passes = trunkLooks.includes(lineLit) ? [false, true] : [false];
  for (const isLitPass of passes) {
    for (let index = 0; index < kinds.length; index += 1) {
      const look = trunkLooks[index];
      if ((look === lineLit) !== isLitPass) continue;
      const left = (boxes[index * 4] ?? 0) * zoom + x;
      const top = (boxes[index * 4 + 1] ?? 0) * zoom + y;
      const right = (boxes[index * 4 + 2] ?? 0) * zoom + x;
      const bottom = (boxes[index * 4 + 3] ?? 0) * zoom + y;
      if (left >= width || top >= height || right <= 0 || bottom <= 0) continue;
      // Lines shorter than a pixel add up to nothing that could be seen.
      if (right - left < 0.5 && bottom - top < 0.5) continue;
      const drawn = looks[kinds[index] ?? 0];
      if (!drawn) continue;
      const wide = isLitPass ? Math.max(2, drawn.thickness + 1) : drawn.thickness;
      const before = wide >> 1;
      const x1 = Math.round(left) - (right > left ? 0 : before);
      const y1 = Math.round(top) - (bottom > top ? 0 : before);
      const x2 = right > left ? Math.round(right) + 1 : x1 + wide;
      const y2 = bottom > top ? Math.round(bottom) + 1 : y1 + wide;
      const share = drawn.shares[Math.min(mostLayers, Math.round(layers[index] ?? 1))] ?? 256;
      if (isLitPass || (share >= 256 && look !== lineFaded)) fillBox(raster, x1, y1, x2, y2, drawn.color);
      else blendBox(raster, x1, y1, x2, y2, drawn.color, look === lineFaded ? share >> 2 : share);
    }
  }
}

interface LineLook {
  color: number;
  thickness: number;
  /** How much of the colour is seen, of 256, where so many lines as the index says lie on each other. */
  shares: number[];
}

/** With so many lines on each other the ground hardly shines through any more. */
const mostLayers = 40;

function lineLook(kind: EdgeKind, palette: Palette, zoom: number): LineLook {
  const exact = edgeLooks[kind].width * zoom;
  const thickness = Math.max(1, Math.round(exact));
  const one = Math.max(leastLineShare / 256, Math.min(1, exact / thickness));
  const shares = Array.from({ length: mostLayers + 1 }, (_, layers) =>
    Math.round((1 - (1 - one) ** layers) * 256),
  );
  return { color: palette.ofEdge(kind).pixel, thickness, shares };
}
