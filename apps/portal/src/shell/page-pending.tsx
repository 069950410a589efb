import { Spinner, makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';

const useStyles = makeStyles({ pending: { padding: tokens.spacingHorizontalXXXL } });

/** Shown while a page's code is on its way. */
export function PagePending(): JSX.Element {
  return <Spinner className={useStyles().pending} label="Loading…" />;
}
