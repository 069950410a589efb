const two = (value: number): string => String(value).padStart(2, '0');

/** A file's name from what it is of and when it was, for example `swarm-topology-2026-03-01-1405.svg`. */
export function fileName(of: string, at: Date, ending: string): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const plain = of
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return `${plain === '' ? 'slipway' : plain.slice(0, 60)}-topology-${day}-${two(at.getHours())}${two(at.getMinutes())}.${ending}`;
}

/** The address of an SVG picture that needs nothing from elsewhere. */
export const pictureAddress = (svg: string): string =>
  `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

/** No browser draws a picture with a longer side, in pixels. */
const longestSide = 16_000;

/** Draws an SVG picture into a PNG of twice its size, or as large as browsers can. Throws where they cannot at all. */
export async function drawPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = pictureAddress(svg);
  await image.decode();
  const scale = Math.min(2, longestSide / image.naturalWidth, longestSide / image.naturalHeight);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The browser could not draw the picture.'))),
      'image/png',
    ),
  );
}
