import { FluentProvider, makeStyles, webLightTheme } from '@fluentui/react-components';
import { type JSX, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Explorer } from './explorer-context.ts';
import { IconSheet } from './icon-sheet.tsx';
import { pictureAddress } from './picture-files.ts';
import { pictureOf, titleOf } from './use-exports.tsx';

const useStyles = makeStyles({
  // One landscape page; the picture has title and legend in it.
  picture: { display: 'block', width: '100%', height: 'calc(100vh - 16mm)', objectFit: 'contain' },
});

/** The topology on one sheet of paper, in light colours; asks the browser to print it at once. */
export function PrintSheet({ explorer, onDone }: { explorer: Explorer; onDone: () => void }): JSX.Element {
  return createPortal(
    <FluentProvider theme={webLightTheme} className="print-sheet">
      <Sheet explorer={explorer} onDone={onDone} />
    </FluentProvider>,
    document.body,
  );
}

function Sheet({ explorer, onDone }: { explorer: Explorer; onDone: () => void }): JSX.Element {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  const icons = useRef<HTMLDivElement>(null);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (place.current && icons.current)
      setAddress(
        (before) =>
          before ??
          pictureAddress(pictureOf(explorer, place.current ?? document.body, icons.current ?? document.body)),
      );
  }, [explorer]);
  useEffect(() => {
    window.addEventListener('afterprint', onDone);
    return () => window.removeEventListener('afterprint', onDone);
  }, [onDone]);
  return (
    <div ref={place}>
      <IconSheet ref={icons} />
      {address && (
        <img
          className={styles.picture}
          src={address}
          alt={titleOf(explorer.serviceName)}
          onLoad={() => window.print()}
        />
      )}
    </div>
  );
}
