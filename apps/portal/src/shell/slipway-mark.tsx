import type { JSX } from 'react';

/** The product's mark: a hull on its slipway. */
export function SlipwayMark({ sizePx = 24 }: { sizePx?: number }): JSX.Element {
  return <img src="/favicon.svg" width={sizePx} height={sizePx} alt="" />;
}
