import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  OverlayDrawer,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { JSX, ReactNode } from 'react';

const useStyles = makeStyles({
  pane: { maxWidth: '100vw' },
  title: { overflowWrap: 'anywhere' },
  body: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    alignContent: 'start',
    paddingBottom: tokens.spacingVerticalXL,
  },
});

/** A pane over the page, at its end, with a title and a button that closes it. */
export function SidePane({
  title,
  size,
  open,
  onClose,
  children,
}: {
  title: string;
  size: 'medium' | 'large';
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}): JSX.Element {
  const styles = useStyles();
  return (
    <OverlayDrawer
      position="end"
      size={size}
      className={styles.pane}
      open={open}
      onOpenChange={(_, data) => !data.open && onClose()}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button appearance="subtle" aria-label="Close" icon={<DismissRegular />} onClick={onClose} />
          }
        >
          <span className={styles.title}>{title}</span>
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody className={styles.body}>{children}</DrawerBody>
    </OverlayDrawer>
  );
}
