import { edgeKindSchema, type EdgeKind, type NodeKind } from '@slipway/topology';
import { edgeLooks } from '../edge-look.ts';
import type { Viewport } from '../start-viewport.ts';
import { type Appearance, type ShownPhase, lineFaded, lineLit, phases } from './appearance.ts';
import type { Palette } from './palette.ts';
import { type Raster, blendBox, fillBox, mixed, outlineBox } from './raster.ts';
import type { Scene } from './scene.ts';

/** So much of its colour what steps back keeps, of 256. */
const fadedShare = 56;
/** The least of a line that is seen when it is thinner than a pixel, of 256. */
const leastLineShare = 72;

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

/** Paints a scene as upright rectangles: frames, lines, then cards. */
export function paintCoarsely(raster: Raster, picture: CoarsePicture): void {
  const { scene, appearance, palette, viewport } = picture;
  raster.pixels.fill(palette.background.pixel);
  const colors = cardColors(palette, picture.isBright);
  paintPieces(raster, picture, colors, true);
  paintLines(raster, scene, appearance, palette, viewport);
  if (picture.hasCards) paintPieces(raster, picture, colors, false);
}

interface CardColors {
  fill: (kind: NodeKind, phase: ShownPhase) => number;
  stroke: (kind: NodeKind, phase: ShownPhase) => number;
}

function cardColors(palette: Palette, isBright: boolean): CardColors {
  const ground = palette.background.pixel;
  return {
    fill: (kind, phase) => {
      if (phase === 'planned' || phase === 'deleted') return palette.card.pixel;
      if (phase === 'failed') return palette.failed.pixel;
      if (phase === 'working') return mixed(ground, palette.working.pixel, isBright ? 230 : 130);
      return mixed(ground, palette.ofKind(kind).pixel, phase === 'deleting' ? 40 : 110);
    },
    stroke: (kind, phase) => {
      if (phase === 'failed') return palette.failed.pixel;
      if (phase === 'working') return palette.working.pixel;
      return mixed(ground, palette.ofKind(kind).pixel, 200);
    },
  };
}

function paintPieces(
  raster: Raster,
  { scene, appearance, palette, viewport: { x, y, zoom } }: CoarsePicture,
  colors: CardColors,
  frames: boolean,
): void {
  const { boxes, pieces } = scene;
  const { width, height } = raster;
  const ground = palette.background.pixel;
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (!piece || piece.placed.isContainer !== frames) continue;
    const left = Math.round((boxes[index * 4] ?? 0) * zoom + x);
    const top = Math.round((boxes[index * 4 + 1] ?? 0) * zoom + y);
    const right = Math.max(left + 1, Math.round((boxes[index * 4 + 2] ?? 0) * zoom + x));
    const bottom = Math.max(top + 1, Math.round((boxes[index * 4 + 3] ?? 0) * zoom + y));
    if (left >= width || top >= height || right <= 0 || bottom <= 0) continue;
    const { kind } = piece.node;
    const phase = phases[appearance.phases[index] ?? 0] ?? 'none';
    let fill: number;
    let stroke: number;
    if (frames) {
      const look = palette.ofFrame(kind);
      fill = look.fill.pixel;
      stroke = phase === 'failed' ? palette.failed.pixel : look.stroke.pixel;
    } else {
      fill = colors.fill(kind, phase);
      stroke = colors.stroke(kind, phase);
    }
    if (appearance.faded[index]) {
      fill = mixed(ground, fill, fadedShare);
      stroke = mixed(ground, stroke, fadedShare);
    }
    const isMarked =
      index === appearance.selected || index === appearance.blocked || appearance.lit[index] === 1;
    if (isMarked && !frames) {
      const mark = index === appearance.blocked ? palette.failed.pixel : palette.accent.pixel;
      // Seen from afar, too.
      fillBox(raster, left - 2, top - 2, right + 2, bottom + 2, mark);
    }
    fillBox(raster, left, top, right, bottom, fill);
    if (right - left > 4 && bottom - top > 4) outlineBox(raster, left, top, right, bottom, stroke);
    else if (frames) blendBox(raster, left, top, right, bottom, stroke, 128);
    if (isMarked && frames) outlineBox(raster, left, top, right, bottom, palette.accent.pixel, 2);
  }
}

function paintLines(
  raster: Raster,
  scene: Scene,
  appearance: Appearance,
  palette: Palette,
  { x, y, zoom }: Viewport,
): void {
  const { stretches, lineOf, lines } = scene;
  const { width, height } = raster;
  const looks = new Map(edgeKindSchema.options.map((kind) => [kind, lineLook(kind, palette, zoom)]));
  for (const pass of [false, true]) {
    for (let index = 0; index < lineOf.length; index += 1) {
      const at = lineOf[index] ?? 0;
      const look = appearance.lines[at];
      if ((look === lineLit) !== pass) continue;
      const left = (stretches[index * 4] ?? 0) * zoom + x;
      const top = (stretches[index * 4 + 1] ?? 0) * zoom + y;
      const right = (stretches[index * 4 + 2] ?? 0) * zoom + x;
      const bottom = (stretches[index * 4 + 3] ?? 0) * zoom + y;
      if (left >= width || top >= height || right <= 0 || bottom <= 0) continue;
      // Lines shorter than a pixel add up to nothing that could be seen.
      if (right - left < 0.5 && bottom - top < 0.5) continue;
      const line = lines[at];
      const drawn = line && looks.get(line.kind);
      if (!drawn) continue;
      const { color, thickness, share } = drawn;
      const wide = pass ? Math.max(2, thickness + 1) : thickness;
      const before = wide >> 1;
      const x1 = Math.round(left) - (right > left ? 0 : before);
      const y1 = Math.round(top) - (bottom > top ? 0 : before);
      const x2 = right > left ? Math.round(right) + 1 : x1 + wide;
      const y2 = bottom > top ? Math.round(bottom) + 1 : y1 + wide;
      if (pass) fillBox(raster, x1, y1, x2, y2, color);
      else blendBox(raster, x1, y1, x2, y2, color, look === lineFaded ? share >> 2 : share);
    }
  }
}

interface LineLook {
  color: number;
  thickness: number;
  share: number;
}

function lineLook(kind: EdgeKind, palette: Palette, zoom: number): LineLook {
  const exact = edgeLooks[kind].width * zoom;
  const thickness = Math.max(1, Math.round(exact));
  const share = Math.round(Math.min(1, exact / thickness) * 256);
  return { color: palette.ofEdge(kind).pixel, thickness, share: Math.max(leastLineShare, share) };
}
