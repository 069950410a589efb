import type { Extent } from '../start-viewport.ts';
import { paintCoarsely } from './coarse-painter.ts';
import { paintFarTitles } from './far-titles.ts';
import { type FinePicture, paintFinely } from './fine-painter.ts';
import { detailFor } from './level-of-detail.ts';
import type { Raster } from './raster.ts';
import { shownPart } from './viewport.ts';

/** What is to be seen on the canvas. */
export interface Picture extends FinePicture {
  /** How many of the screen's pixels one pixel of the window has. */
  density: number;
  /** What is in work is painted brighter; alternating makes it pulse where it is no element. */
  isBright: boolean;
}

/** Paints pictures on a canvas, which it makes as large as they need it. */
export function painterOf(canvas: HTMLCanvasElement): (picture: Picture) => void {
  const context = canvas.getContext('2d', { alpha: false });
  let kept: { image: ImageData; raster: Raster } | undefined;
  return (picture) => {
    const { scene, window, density, viewport, mounted } = picture;
    if (!context || window.width === 0 || window.height === 0) return;
    const width = Math.round(window.width * density);
    const height = Math.round(window.height * density);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });

    const count = scene.pieces.length;
    const inWindow = count > 0 ? scene.piecesIn(shownPart(viewport, window)).length : 0;
    if (detailFor(inWindow, count) === 'fine') {
      context.setTransform(density, 0, 0, density, 0, 0);
      paintFinely(context, picture);
      return;
    }
    if (kept?.raster.width !== width || kept.raster.height !== height) {
      const image = new ImageData(width, height);
      kept = { image, raster: { pixels: new Uint32Array(image.data.buffer), width, height } };
    }
    const { appearance, palette, isBright } = picture;
    paintCoarsely(kept.raster, scene, appearance, palette, onScreen(viewport, density), isBright);
    context.putImageData(kept.image, 0, 0);
    context.setTransform(density, 0, 0, density, 0, 0);
    paintFarTitles(context, picture, mounted);
  };
}

const onScreen = ({ x, y, zoom }: { x: number; y: number; zoom: number }, density: number) => ({
  x: x * density,
  y: y * density,
  zoom: zoom * density,
});

/** The size of a window in which a picture is seen, and the density of its screen. */
export interface PictureWindow extends Extent {
  density: number;
}
