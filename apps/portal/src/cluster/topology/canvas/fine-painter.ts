import { type Box, type PlacedEdge, type Point, nameOnCard, shortTitle } from '@slipway/topology';
import { edgeLooks } from '../edge-look.ts';
import { type Extent, type Viewport } from '../start-viewport.ts';
import { type Appearance, lineFaded, lineLit } from './appearance.ts';
import { frameLookOf } from './frame-look.ts';
import { leastTextPx } from './level-of-detail.ts';
import { runsWithin } from './line-runs.ts';
import type { Palette } from './palette.ts';
import { phases } from './phases.ts';
import { type Piece, type Scene, linesOf, titleOf } from './scene.ts';
import type { Signs } from './signs.tsx';
import { cutToWidth } from './text-fit.ts';
import { shownPart } from './viewport.ts';

/** What is drawn with curves and text. */
export interface FinePicture {
  scene: Scene;
  appearance: Appearance;
  palette: Palette;
  viewport: Viewport;
  window: Extent;
  /** The indexes of the pieces that are elements: of these only frames are drawn, without a title. */
  mounted: ReadonlySet<number>;
  isCompact: boolean;
  signs: Signs;
}

const fadedAlpha = 0.25;
/** So far beside the window lines are drawn, too, for their width and their round corners; in pixels of the screen. */
const beside = 40;
const cardRadius = 6;
const frameRadius = 8;
const cornerRadius = 8;
const titlePx = 13;
const namePx = 12.5;
const signPx = 18;

/** What lies in the window, by the indexes of the scene. */
export interface InWindow {
  pieces: readonly number[];
  stretches: readonly number[];
}

/** Draws frames, and lines with what is written on them. The context's unit is a pixel of the window. */
export function paintGround(
  context: CanvasRenderingContext2D,
  picture: FinePicture,
  { pieces, stretches }: InWindow,
): void {
  const { scene, palette, viewport, window } = picture;
  context.fillStyle = palette.background.css;
  context.fillRect(0, 0, window.width, window.height);
  context.save();
  context.translate(viewport.x, viewport.y);
  context.scale(viewport.zoom, viewport.zoom);
  for (const index of pieces.toSorted((a, b) => a - b)) {
    const piece = scene.pieces[index];
    if (piece?.placed.isContainer) drawFrame(context, picture, piece, index);
  }
  drawGrids(context, picture, shownPart(viewport, window));
  drawLines(context, picture, linesOf(scene, stretches), shownPart(viewport, window, beside));
  context.restore();
}

/** Draws the cards and the titles of frames that are no elements. */
export function paintCards(
  context: CanvasRenderingContext2D,
  picture: FinePicture,
  { pieces }: InWindow,
): void {
  const { scene, viewport, mounted } = picture;
  context.save();
  context.translate(viewport.x, viewport.y);
  context.scale(viewport.zoom, viewport.zoom);
  for (const index of pieces) {
    const piece = scene.pieces[index];
    if (!piece || mounted.has(index)) continue;
    if (piece.placed.isContainer) drawTitle(context, picture, piece, index);
    else drawCard(context, picture, piece, index);
  }
  context.restore();
}

function drawFrame(
  context: CanvasRenderingContext2D,
  { appearance, palette }: FinePicture,
  { node, placed }: Piece,
  index: number,
): void {
  const look = frameLookOf(node.kind);
  const paint = palette.ofFrame(node.kind);
  const phase = phases[appearance.phases[index] ?? 0];
  const isSelected = index === appearance.selected;
  const isPending = phase === 'planned' || phase === 'deleted';
  context.globalAlpha = appearance.faded[index] ? fadedAlpha : 1;
  context.fillStyle = isPending ? palette.background.css : paint.fill.css;
  const isWorking = phase === 'working';
  const isUntraced = index === appearance.untraced;
  context.lineWidth = isSelected || isWorking || isUntraced ? 2 : look.width;
  context.strokeStyle = isSelected
    ? palette.accent.css
    : phase === 'failed' || index === appearance.blocked
      ? palette.failed.css
      : isUntraced
        ? palette.uncertain.css
        : isWorking
          ? palette.working.css
          : paint.stroke.css;
  context.setLineDash(look.isDashed || isPending || isUntraced ? [4, 3] : []);
  const inset = context.lineWidth / 2;
  context.beginPath();
  context.roundRect(
    placed.x + inset,
    placed.y + inset,
    placed.width - 2 * inset,
    placed.height - 2 * inset,
    frameRadius,
  );
  context.fill();
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The domains of availability sets, as rows and columns. */
function drawGrids(context: CanvasRenderingContext2D, { scene, palette }: FinePicture, part: Box): void {
  context.strokeStyle = palette.ofFrame('availabilitySet').stroke.css;
  context.globalAlpha = 0.5;
  context.lineWidth = 1;
  for (const { columns, rows } of scene.layout.grids) {
    for (const box of [...columns, ...rows]) {
      if (touches(box, part)) context.strokeRect(box.x, box.y, box.width, box.height);
    }
  }
  context.globalAlpha = 1;
}

const touches = (a: Box, b: Box): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

function drawLines(
  context: CanvasRenderingContext2D,
  picture: FinePicture,
  found: ReadonlySet<number>,
  part: Box,
): void {
  const { scene, appearance, palette } = picture;
  const ordered = [...found].toSorted((a, b) => rankOf(appearance, a) - rankOf(appearance, b));
  const labelled: { line: PlacedEdge; isFaded: boolean }[] = [];
  for (const index of ordered) {
    const line = scene.lines[index];
    if (!line) continue;
    const look = appearance.lines[index];
    const { width, dashes } = edgeLooks[line.kind];
    context.globalAlpha = look === lineFaded ? fadedAlpha : 1;
    context.strokeStyle = palette.ofEdge(line.kind).css;
    context.lineWidth = width + (look === lineLit ? 1.25 : 0);
    context.setLineDash(dashes === 'none' ? [] : dashes.split(' ').map(Number));
    for (const { points, from } of runsWithin(line.points, part)) {
      context.lineDashOffset = from;
      context.beginPath();
      tracePath(context, points);
      context.stroke();
    }
    const end = line.points.at(-1);
    if (end && touches({ ...end, width: 0, height: 0 }, part)) {
      context.fillStyle = palette.ofEdge(line.kind).css;
      context.beginPath();
      context.arc(end.x, end.y, 3, 0, 2 * Math.PI);
      context.fill();
    }
    if (line.label) labelled.push({ line, isFaded: look === lineFaded });
  }
  context.setLineDash([]);
  if (namePx * picture.viewport.zoom >= leastTextPx) {
    for (const { line, isFaded } of labelled) drawLabel(context, palette, line, isFaded);
  }
  context.globalAlpha = 1;
}

/** Faded lines lie below the others, lit ones above. */
const rankOf = ({ lines }: Appearance, index: number): number =>
  lines[index] === lineFaded ? 0 : lines[index] === lineLit ? 2 : 1;

function tracePath(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) context.moveTo(point.x, point.y);
    else if (!after) context.lineTo(point.x, point.y);
    else {
      const room = Math.min(
        Math.abs(point.x - before.x) + Math.abs(point.y - before.y),
        Math.abs(after.x - point.x) + Math.abs(after.y - point.y),
      );
      context.arcTo(point.x, point.y, after.x, after.y, Math.min(cornerRadius, room / 2));
    }
  }
}

function drawLabel(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { label }: PlacedEdge,
  isFaded: boolean,
): void {
  if (!label) return;
  context.globalAlpha = isFaded ? fadedAlpha : 1;
  context.fillStyle = palette.background.css;
  context.strokeStyle = palette.stroke.css;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(label.x + 0.5, label.y + 0.5, label.width - 1, label.height - 1, 4);
  context.fill();
  context.stroke();
  context.fillStyle = palette.text.css;
  context.font = `${namePx}px ${palette.fontFamily}`;
  context.textBaseline = 'middle';
  for (const [row, text] of label.lines.entries()) {
    context.fillText(text, label.x + 6, label.y + 2 + 16 * row + 8.5, label.width - 8);
  }
}

function drawTitle(
  context: CanvasRenderingContext2D,
  picture: FinePicture,
  piece: Piece,
  index: number,
): void {
  const { palette, viewport, appearance, isCompact } = picture;
  if (titlePx * viewport.zoom < leastTextPx) return;
  const { placed } = piece;
  context.globalAlpha = appearance.faded[index] ? fadedAlpha : 1;
  drawSign(context, picture, piece, placed.x + 8, placed.y + (isCompact ? 3 : 6));
  drawText(context, palette, titleText(piece, isCompact), {
    x: placed.x + 31,
    y: placed.y + (isCompact ? 12 : 15),
    width: placed.titleWidth - 40,
    isTitle: true,
  });
  context.globalAlpha = 1;
}

function drawCard(
  context: CanvasRenderingContext2D,
  picture: FinePicture,
  piece: Piece,
  index: number,
): void {
  const { palette, viewport, appearance, isCompact } = picture;
  const { node, placed } = piece;
  const phase = phases[appearance.phases[index] ?? 0];
  const isPending = phase === 'planned' || phase === 'deleted' || node.kind === 'outside';
  const isMarked = index === appearance.selected || appearance.lit[index] === 1;
  const isUntraced = index === appearance.untraced;
  context.globalAlpha = appearance.faded[index] || phase === 'deleting' ? fadedAlpha : 1;
  const isNamed = titlePx * viewport.zoom >= leastTextPx;
  context.fillStyle = isNamed || isPending ? palette.card.css : palette.tintOf(node.kind).css;
  context.strokeStyle =
    phase === 'failed' || index === appearance.blocked
      ? palette.failed.css
      : isUntraced
        ? palette.uncertain.css
        : isMarked
          ? palette.accent.css
          : phase === 'working'
            ? palette.working.css
            : palette.stroke.css;
  context.lineWidth = isMarked || phase === 'failed' || phase === 'working' ? 2 : 1;
  context.setLineDash(isPending || isUntraced ? [4, 3] : []);
  context.beginPath();
  context.roundRect(placed.x + 0.5, placed.y + 0.5, placed.width - 1, placed.height - 1, cardRadius);
  context.fill();
  context.stroke();
  context.setLineDash([]);
  if (isNamed) {
    const isLow = placed.height < 44;
    const middle = placed.y + placed.height / 2;
    const isRule = isLow && node.isPart === true;
    if (!isRule) drawSign(context, picture, piece, placed.x + 9, isLow ? middle - 9 : placed.y + 7);
    const indent = isRule ? 7 : 32;
    const title = {
      x: placed.x + indent,
      y: isLow ? middle : placed.y + 15,
      width: placed.width - indent - 8,
    };
    drawText(context, palette, titleText(piece, isCompact), { ...title, isTitle: true });
    if (!isLow && namePx * viewport.zoom >= leastTextPx) {
      const name = { x: placed.x + 9, y: placed.y + 34, width: placed.width - 18 };
      drawText(context, palette, nameOnCard(node.name), { ...name, isTitle: false });
    }
  }
  context.globalAlpha = 1;
}

const titleText = (piece: Piece, isCompact: boolean): string => {
  const title = isCompact ? shortTitle(titleOf(piece)) : titleOf(piece);
  return piece.node.count === undefined ? title : `${title} × ${piece.node.count}`;
};

/** The kind's sign, in its colour. */
function drawSign(
  context: CanvasRenderingContext2D,
  { palette, signs }: FinePicture,
  { node }: Piece,
  x: number,
  y: number,
): void {
  const sign = signs.get(node.kind);
  if (!sign) return;
  context.save();
  context.translate(x, y);
  context.scale(signPx / sign.size, signPx / sign.size);
  context.fillStyle = palette.ofKind(node.kind).css;
  context.fill(sign.path);
  context.restore();
}

function drawText(
  context: CanvasRenderingContext2D,
  palette: Palette,
  text: string,
  at: { x: number; y: number; width: number; isTitle: boolean },
): void {
  context.font = `${at.isTitle ? `600 ${titlePx}` : namePx}px ${palette.fontFamily}`;
  context.fillStyle = at.isTitle ? palette.text.css : palette.softText.css;
  context.textBaseline = 'middle';
  const cut = cutToWidth(text, at.width, context.font, (part) => context.measureText(part).width);
  context.fillText(cut, at.x, at.y);
}
