import { type RefObject, useLayoutEffect, useState } from 'react';
import type { PictureWindow } from './painter.ts';

const none: PictureWindow = { width: 0, height: 0, density: 1 };

/** The size of an element and the density of the screen that it is on; all 0 before the element is there. */
export function useWindow(ref: RefObject<HTMLElement | null>): PictureWindow {
  const [window, setWindow] = useState(none);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      setWindow((before) =>
        before.width === width && before.height === height && before.density === devicePixelRatio
          ? before
          : { width, height, density: devicePixelRatio },
      );
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    // The density changes with the browser's zoom, and when the window goes to another screen.
    let density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const changed = (): void => {
      density.removeEventListener('change', changed);
      density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      density.addEventListener('change', changed);
      measure();
    };
    density.addEventListener('change', changed);
    return () => {
      sizes.disconnect();
      density.removeEventListener('change', changed);
    };
  }, [ref]);
  return window;
}
