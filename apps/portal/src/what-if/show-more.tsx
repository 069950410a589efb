import { Button } from '@fluentui/react-components';
import { type JSX, useState } from 'react';

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
  const left = children.length - shown;
  return (
    <>
      <ul className={className} aria-label={label}>
        {children.slice(0, shown)}
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
