import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Switch,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { Fragment, type JSX } from 'react';
import { commandKey } from '../components/computer-system.ts';
import { pageShortcuts } from './shortcut-keys.ts';
import { shortcutPreference } from './shortcut-preference.ts';

const useStyles = makeStyles({
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    '& th, & td': {
      padding: `${tokens.spacingVerticalSNudge} 0`,
      textAlign: 'start',
      fontWeight: tokens.fontWeightRegular,
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    },
    '& td': { textAlign: 'end', whiteSpace: 'nowrap' },
  },
  key: {
    display: 'inline-block',
    minWidth: '24px',
    boxSizing: 'border-box',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    textAlign: 'center',
    fontFamily: 'inherit',
  },
  words: { marginBlock: `0 ${tokens.spacingVerticalM}` },
  switch: { marginTop: tokens.spacingVerticalM, marginLeft: '-8px' },
  off: { color: tokens.colorNeutralForeground3 },
});

interface Row {
  label: string;
  /** Each way to do it: the keys that are pressed one after the other, or together. */
  ways: readonly { keys: readonly string[]; together?: boolean }[];
  single: boolean;
}

function rows(): Row[] {
  const labels = new Set(pageShortcuts.map(({ label }) => label));
  return [
    { label: 'Search', ways: [{ keys: ['G', '/'] }], single: true },
    {
      label: 'Search, also while typing',
      ways: [{ keys: [commandKey(navigator.userAgent), 'K'], together: true }],
      single: false,
    },
    ...[...labels].map((label) => ({
      label,
      ways: pageShortcuts
        .filter((page) => page.label === label)
        .map(({ key }) => ({ keys: ['G', key.toUpperCase()] })),
      single: true,
    })),
    { label: 'Keyboard shortcuts', ways: [{ keys: ['?'] }], single: true },
    { label: 'Close what is open', ways: [{ keys: ['Esc'] }], single: false },
  ];
}

/** All keyboard shortcuts of the portal, and the switch that turns those of single keys off. */
export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }): JSX.Element {
  const styles = useStyles();
  const on = shortcutPreference.use() === 'on';
  return (
    <Dialog open={open} onOpenChange={onClose} surfaceMotion={null}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogContent>
            <p className={styles.words}>
              Press the keys one after the other. They do nothing while you type in a field.
            </p>
            <table className={styles.table}>
              <tbody>
                {rows().map(({ label, ways, single }) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    <td className={single && !on ? styles.off : undefined}>
                      {single && !on ? 'Off' : <Ways ways={ways} />}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Switch
              className={styles.switch}
              label="Shortcuts of single keys"
              checked={on}
              onChange={(_, { checked }) => shortcutPreference.choose(checked ? 'on' : 'off')}
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Close</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Ways({ ways }: { ways: Row['ways'] }): JSX.Element {
  const styles = useStyles();
  return (
    <>
      {ways.map(({ keys, together = false }, way) => (
        <Fragment key={keys.join(' ')}>
          {way > 0 && ' or '}
          {keys.map((key, index) => (
            <Fragment key={key}>
              {index > 0 && (together ? ' + ' : ' ')}
              <kbd className={styles.key}>{key}</kbd>
            </Fragment>
          ))}
        </Fragment>
      ))}
    </>
  );
}
