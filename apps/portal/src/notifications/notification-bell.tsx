import { Button, CounterBadge, makeStyles } from '@fluentui/react-components';
import { AlertRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { type OpeningProps, openedLater } from '../components/opened-later.tsx';
import { useNotifications } from './use-notifications.ts';

const useStyles = makeStyles({
  bell: { position: 'relative', display: 'flex' },
  count: { position: 'absolute', top: '-6px', right: '-8px', pointerEvents: 'none' },
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
            <CounterBadge className={styles.count} size="small" color="danger" count={unseen} aria-hidden />
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
