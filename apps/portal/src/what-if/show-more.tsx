import { Button } from '@fluentui/react-components';
import { type JSX, useState } from 'react';
import { useMediaQuery } from '../components/media-query.ts';

/** The first of many list items, and a button for as many more, until all are there. */
export function ShowMore({
  children,
  atOnce,
  label,
  className,
}: {
  children: readonly JSX.Element[];
  /** So many at first, and so many more each time. */
  atOnce: number;
  /** Names the list. */
  label: string;
  className?: string | undefined;
}): JSX.Element {
  const [shown, setShown] = useState(atOnce);
  // Paper has no button.
  const isPrinted = useMediaQuery('print');
  const left = isPrinted ? 0 : children.length - shown;
  return (
    <>
      <ul className={className} aria-label={label}>
        {isPrinted ? children : children.slice(0, shown)}
      </ul>
      {left > 0 && (
        <div>
          <Button size="small" onClick={() => setShown(shown + atOnce)}>
            Show {Math.min(left, atOnce)} more of {children.length}
          </Button>
        </div>
      )}
    </>
  );
}
