import type { Layout } from '@slipway/topology';
import type { Extent, Viewport } from '../start-viewport.ts';
import { type KeptGround, emptyGround, paintCoarsely } from './coarse-painter.ts';
import { paintFarTitles } from './far-titles.ts';
import { type FinePicture, type InWindow, paintCards, paintGround } from './fine-painter.ts';
import { detailFor, finestMost } from './level-of-detail.ts';
import type { Raster } from './raster.ts';
import type { Scene } from './scene.ts';
import { isWhole, shownPart } from './viewport.ts';

/** What is to be seen on the canvas. */
export interface Picture extends FinePicture {
  /** How many of the screen's pixels one pixel of the window has. */
  density: number;
  /** What is in work is painted brighter; alternating makes it pulse where it is no element. */
  isBright: boolean;
  isMoving: boolean;
}

/** Paints pictures on a canvas, which it makes as large as they need it. */
export function painterOf(canvas: HTMLCanvasElement): (picture: Picture) => void {
  const context = canvas.getContext('2d', { alpha: false });
  let kept: { image: ImageData; raster: Raster; ground: KeptGround } | undefined;
  return (picture) => {
    const { scene, window, density, viewport, mounted } = picture;
    if (!context || window.width === 0 || window.height === 0) return;
    const width = Math.round(window.width * density);
    const height = Math.round(window.height * density);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });

    const inWindow = lyingIn(scene, viewport, window);
    const crowd = {
      pieces: inWindow.pieces.reduce((sum, index) => sum + (mounted.has(index) ? 0 : 1), 0),
      stretches: inWindow.stretches.length,
    };
    const detail = detailFor(crowd, picture.isMoving);
    if (detail.lines === 'fine') {
      context.setTransform(density, 0, 0, density, 0, 0);
      paintGround(context, picture, inWindow);
    } else {
      if (kept?.raster.width !== width || kept.raster.height !== height) {
        const image = new ImageData(width, height);
        const pixels = new Uint32Array(image.data.buffer);
        kept = { image, raster: { pixels, width, height }, ground: emptyGround(pixels.length) };
      }
      const coarse = {
        ...picture,
        viewport: { x: viewport.x * density, y: viewport.y * density, zoom: viewport.zoom * density },
        hasCards: detail.cards === 'coarse',
      };
      paintCoarsely(kept.raster, coarse, picture.isMoving ? undefined : kept.ground);
      context.putImageData(kept.image, 0, 0);
      context.setTransform(density, 0, 0, density, 0, 0);
    }
    if (detail.cards === 'fine') paintCards(context, picture, inWindow);
    else paintFarTitles(context, picture, mounted);
  };
}

/** What lies in the window; where there are more pieces than could be drawn finely nothing need be searched. */
function lyingIn(scene: Scene, viewport: Viewport, window: Extent): InWindow {
  const part = shownPart(viewport, window);
  const all = everything(scene);
  const isAll = isWhole(scene.layout, viewport, window);
  const pieces = isAll ? all.pieces : scene.piecesIn(part);
  if (isAll || pieces.length > finestMost) return { pieces, stretches: all.stretches };
  return { pieces, stretches: scene.stretchesIn(part) };
}

const wholes = new WeakMap<Layout, InWindow>();
function everything(scene: Scene): InWindow {
  const known = wholes.get(scene.layout);
  if (known) return known;
  const made = { pieces: [...scene.pieces.keys()], stretches: [...scene.lineOf.keys()] };
  wholes.set(scene.layout, made);
  return made;
}

/** The size of a window in which a picture is seen, and the density of its screen. */
export interface PictureWindow extends Extent {
  density: number;
}
