import type { JSX } from 'react';

/** Room for rows of a table that are not drawn; see `useRowWindow`. */
export function RowGap({ height }: { height: number }): JSX.Element | null {
  if (height <= 0) return null;
  return <tr aria-hidden style={{ height }} />;
}
