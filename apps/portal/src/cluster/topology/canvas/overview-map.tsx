import { makeStyles, tokens } from '@fluentui/react-components';
import {
  type JSX,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { View } from '../use-view.ts';
import type { Appearance } from './appearance.ts';
import { paintCoarsely } from './coarse-painter.ts';
import type { PictureWindow } from './painter.ts';
import type { Palette } from './palette.ts';
import type { Scene } from './scene.ts';
import { fitted, isWhole, shownPart } from './viewport.ts';

/** So long after a change the small picture shows it, too, in milliseconds. */
const lazyMs = 150;
const size = { width: 144, height: 96 };

const useStyles = makeStyles({
  map: {
    position: 'absolute',
    right: '15px',
    bottom: '15px',
    width: `${size.width}px`,
    height: `${size.height}px`,
    overflow: 'clip',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralBackground1,
    cursor: 'grab',
    touchAction: 'none',
  },
  picture: { display: 'block', width: '100%', height: '100%' },
  window: {
    position: 'absolute',
    left: 0,
    top: 0,
    boxSizing: 'border-box',
    border: `1.5px solid ${tokens.colorBrandStroke1}`,
    boxShadow: `0 0 0 200px color-mix(in srgb, ${tokens.colorNeutralBackground6} 55%, transparent)`,
    pointerEvents: 'none',
  },
});

interface OverviewMapProps {
  scene: Scene;
  appearance: Appearance;
  palette: Palette;
  window: PictureWindow;
  view: View;
}

/** A small picture of the whole, for a window that shows a part of it; dragging in it moves the window. */
export function OverviewMap(props: OverviewMapProps): JSX.Element | null {
  const { scene, window, view } = props;
  const isCut = useCallback(
    () => !isWhole(scene.layout, view.moving.now(), window),
    [scene, window, view.moving],
  );
  const [isShown, setShown] = useState(isCut);
  useEffect(() => {
    const check = (): void => setShown(isCut());
    check();
    return view.moving.onSettle(check);
  }, [isCut, view.moving]);
  return isShown ? <ShownMap {...props} /> : null;
}

function ShownMap({ scene, appearance, palette, window, view }: OverviewMapProps): JSX.Element {
  const styles = useStyles();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const wasPainted = useRef(false);
  const { moving } = view;
  const { width, height } = scene.layout;
  const whole = fitted({ x: 0, y: 0, width, height }, size);

  // What changes is shown a little later: the map is not looked at first.
  useEffect(() => {
    const paint = (): void => {
      wasPainted.current = true;
      paintMap(canvas.current, { scene, appearance, palette, density: window.density });
    };
    const timer = setTimeout(paint, wasPainted.current ? lazyMs : 0);
    return () => clearTimeout(timer);
  }, [scene, appearance, palette, window.density]);

  useLayoutEffect(() => {
    const place = (): void => {
      const part = shownPart(moving.now(), window);
      Object.assign(frame.current?.style ?? {}, {
        transform: `translate(${whole.x + part.x * whole.zoom}px, ${whole.y + part.y * whole.zoom}px)`,
        width: `${part.width * whole.zoom}px`,
        height: `${part.height * whole.zoom}px`,
      });
    };
    place();
    return moving.onMove(place);
  }, [moving, window, whole.x, whole.y, whole.zoom]);

  const goTo = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    const { left, top } = currentTarget.getBoundingClientRect();
    const { zoom } = moving.now();
    const x = (clientX - left - whole.x) / whole.zoom;
    const y = (clientY - top - whole.y) / whole.zoom;
    view.movedByHand();
    moving.move({ x: window.width / 2 - x * zoom, y: window.height / 2 - y * zoom, zoom });
  };
  return (
    <div
      className={styles.map}
      title="The whole diagram, small"
      aria-hidden

      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event);
      }}
    >
      <canvas ref={canvas} className={styles.picture} />
      <div ref={frame} className={styles.window} />
    </div>
  );
}

function paintMap(
  canvas: HTMLCanvasElement | null,
  { density, ...picture }: Pick<OverviewMapProps, 'scene' | 'appearance' | 'palette'> & { density: number },
): void {
  const context = canvas?.getContext('2d', { alpha: false });
  if (!context) return;
  const { width, height } = picture.scene.layout;
  const image = new ImageData(Math.round(size.width * density), Math.round(size.height * density));
  Object.assign(context.canvas, { width: image.width, height: image.height });
  const raster = { pixels: new Uint32Array(image.data.buffer), width: image.width, height: image.height };
  const { x, y, zoom } = fitted({ x: 0, y: 0, width, height }, size);
  const viewport = { x: x * density, y: y * density, zoom: zoom * density };
  paintCoarsely(raster, { ...picture, viewport, isBright: false, hasCards: true });
  context.putImageData(image, 0, 0);
}
