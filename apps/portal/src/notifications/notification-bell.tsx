import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { AlertRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { type OpeningProps, openedLater } from '../components/opened-later.tsx';
import { useNotifications } from './use-notifications.ts';

const useStyles = makeStyles({
  bell: { position: 'relative', display: 'flex' },
  count: {
    position: 'absolute',
    top: '-5px',
    right: '-6px',
    minWidth: '16px',
    boxSizing: 'border-box',
    paddingInline: tokens.spacingHorizontalXXS,
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorStatusDangerBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    fontSize: tokens.fontSizeBase100,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: '16px',
    textAlign: 'center',
    pointerEvents: 'none',
  },
});

/** The bell, with how many notifications are new. */
export function BellButton(props: OpeningProps): JSX.Element {
  const styles = useStyles();
  const { notifications } = useNotifications();
  const unseen = notifications.filter((notification) => !notification.seen).length;
  return (
    <Button
      as="button"
      appearance="subtle"
      icon={
        <span className={styles.bell}>
          <AlertRegular />
          {unseen > 0 && (
            <span className={styles.count} aria-hidden>
              {unseen > 99 ? '99+' : unseen}
            </span>
          )}
        </span>
      }
      aria-label={unseen > 0 ? `Notifications, ${unseen} new` : 'Notifications'}
      title="Notifications"
      {...props}
    />
  );
}

/** The bell with everything that was notified, also in earlier visits. */
export const NotificationBell = openedLater(
  BellButton,
  'dialog',
  async () => (await import('./notification-panel.tsx')).NotificationPanel,
);
