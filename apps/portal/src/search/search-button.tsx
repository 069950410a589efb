import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { commandKey } from '../components/computer-system.ts';
import { narrowQuery, useMediaQuery } from '../components/media-query.ts';
import { NameTooltip } from '../components/name-tooltip.tsx';
import { shortcutPreference } from '../shortcuts/shortcut-preference.ts';

const useStyles = makeStyles({
  field: {
    width: '320px',
    minWidth: '64px',
    justifyContent: 'start',
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
  },
  keys: {
    marginLeft: 'auto',
    fontSize: tokens.fontSizeBase200,
    '@media (hover: none) and (pointer: coarse)': { display: 'none' },
  },
});

/** Opens the search: it looks like its field where there is room for one. */
export function SearchButton({ onOpen }: { onOpen: () => void }): JSX.Element {
  const styles = useStyles();
  const narrow = useMediaQuery(narrowQuery);
  const keys = shortcutPreference.use() === 'on' ? 'G /' : `${commandKey(navigator.userAgent)} K`;
  if (narrow)
    return (
      <NameTooltip content="Search">
        <Button appearance="subtle" icon={<SearchRegular />} aria-haspopup="dialog" onClick={onOpen} />
      </NameTooltip>
    );
  return (
    <Button
      className={styles.field}
      icon={<SearchRegular />}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={onOpen}
    >
      Search
      <kbd className={styles.keys} aria-hidden>
        {keys}
      </kbd>
    </Button>
  );
}
