import { type RefObject, useLayoutEffect, useState } from 'react';
import { useMediaQuery } from '../../../components/media-query.ts';
import { useIsDark } from '../../../theme/theme-preference.ts';
import { type Palette, readPalette } from './palette.ts';

/** The theme's colours at an element; read again when the theme changes, or the person forces colours. */
export function usePalette(ref: RefObject<HTMLElement | null>): Palette | undefined {
  const isDark = useIsDark();
  const isForced = useMediaQuery('(forced-colors: active)');
  const [palette, setPalette] = useState<Palette>();
  useLayoutEffect(() => {
    if (ref.current) setPalette(readPalette(ref.current, { isDark, isForced }));
  }, [ref, isDark, isForced]);
  return palette;
}
