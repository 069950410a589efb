import type { Box } from '@slipway/topology';
import type { FinePicture } from './fine-painter.ts';
import { titleOf } from './scene.ts';
import { cutToWidth } from './text-fit.ts';

/** Frames smaller than this on the screen bear no title, in pixels. */
const leastFrame = { width: 72, height: 34 };
const titlesMost = 60;
const fontPx = 11;
const lineHeight = 15;

/** Writes the titles of frames in letters that keep their size on the screen, for orientation in the far view. */
export function paintFarTitles(
  context: CanvasRenderingContext2D,
  { scene, appearance, palette, viewport: { x, y, zoom }, window }: FinePicture,
  mounted: ReadonlySet<number>,
): void {
  context.font = `600 ${fontPx}px ${palette.fontFamily}`;
  context.textBaseline = 'middle';
  const taken: Box[] = [];
  for (let index = 0; index < scene.pieces.length && taken.length < titlesMost; index += 1) {
    const piece = scene.pieces[index];
    if (!piece?.placed.isContainer || mounted.has(index) || appearance.faded[index]) continue;
    const { placed } = piece;
    const width = placed.width * zoom;
    if (width < leastFrame.width || placed.height * zoom < leastFrame.height) continue;
    const left = Math.max(2, placed.x * zoom + x + 3);
    const top = Math.max(2, placed.y * zoom + y + 2);
    const right = Math.min(window.width, placed.x * zoom + x + width) - 4;
    const bottom = placed.y * zoom + y + placed.height * zoom;
    if (right - left < leastFrame.width / 2 || top > window.height || top + lineHeight > bottom) continue;
    const text = cutToWidth(
      titleOf(piece),
      right - left - 6,
      context.font,
      (part) => context.measureText(part).width,
    );
    if (text === '') continue;
    const box = { x: left, y: top, width: context.measureText(text).width + 6, height: lineHeight };
    if (taken.some((other) => overlap(other, box))) continue;
    taken.push(box);
    context.globalAlpha = 0.85;
    context.fillStyle = palette.background.css;
    context.fillRect(box.x, box.y, box.width, box.height);
    context.globalAlpha = 1;
    context.fillStyle = palette.text.css;
    context.fillText(text, left + 3, top + lineHeight / 2 + 0.5);
  }
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
