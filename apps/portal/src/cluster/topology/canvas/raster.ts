/**
 * Pixels to fill by hand. With tens of thousands of upright rectangles this is several times faster than the canvas's
 * own `fillRect`, with or without a graphics card.
 */
export interface Raster {
  /** A pixel each, row by row, as `ImageData` holds them on little-endian machines: red is the lowest byte. */
  pixels: Uint32Array;
  width: number;
  height: number;
}

/** An opaque colour as the raster holds it; each part from 0 to 255. */
export const opaque = (red: number, green: number, blue: number): number =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** One colour over another; `share` from 0 (nothing of it) to 256 (nothing else). */
export function mixed(under: number, over: number, share: number): number {
  const rest = 256 - share;
  const redBlue = (((under & 0xff00ff) * rest + (over & 0xff00ff) * share) >>> 8) & 0xff00ff;
  const green = ((((under >>> 8) & 0xff) * rest + ((over >>> 8) & 0xff) * share) >>> 8) & 0xff;
  return (0xff000000 | redBlue | (green << 8)) >>> 0;
}

/** Fills the rectangle from `left`, `top` up to, not including, `right`, `bottom` (whole numbers). */
export function fillBox(
  { pixels, width, height }: Raster,
  left: number,
  top: number,
  right: number,
  bottom: number,
  color: number,
): void {
  const from = Math.max(0, left);
  const to = Math.min(width, right);
  if (from >= to) return;
  const end = Math.min(height, bottom);
  for (let y = Math.max(0, top); y < end; y += 1) pixels.fill(color, y * width + from, y * width + to);
}

/** The same, so that what lies below shines through: `share` from 0 to 256. */
export function blendBox(
  { pixels, width, height }: Raster,
  left: number,
  top: number,
  right: number,
  bottom: number,
  color: number,
  share: number,
): void {
  const from = Math.max(0, left);
  const to = Math.min(width, right);
  const end = Math.min(height, bottom);
  const rest = 256 - share;
  const overRedBlue = (color & 0xff00ff) * share;
  const overGreen = ((color >>> 8) & 0xff) * share;
  for (let y = Math.max(0, top); y < end; y += 1) {
    const stop = y * width + to;
    for (let at = y * width + from; at < stop; at += 1) {
      const under = pixels[at] ?? 0;
      const redBlue = (((under & 0xff00ff) * rest + overRedBlue) >>> 8) & 0xff00ff;
      const green = (((under >>> 8) & 0xff) * rest + overGreen) & 0xff00;
      pixels[at] = 0xff000000 | redBlue | green;
    }
  }
}

/** The rectangle's border, drawn inwards, `thickness` pixels wide. */
export function outlineBox(
  raster: Raster,
  left: number,
  top: number,
  right: number,
  bottom: number,
  color: number,
  thickness = 1,
): void {
  fillBox(raster, left, top, right, Math.min(top + thickness, bottom), color);
  fillBox(raster, left, Math.max(bottom - thickness, top), right, bottom, color);
  fillBox(raster, left, top, Math.min(left + thickness, right), bottom, color);
  fillBox(raster, Math.max(right - thickness, left), top, right, bottom, color);
}
