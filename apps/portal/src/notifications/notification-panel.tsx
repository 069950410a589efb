import {
  Button,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Spinner,
  Subtitle2,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  DismissCircleFilled,
  DismissRegular,
  InfoFilled,
  WarningFilled,
} from '@fluentui/react-icons';
import { type JSX, useState } from 'react';
import { Age } from '../components/age.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { Fold } from '../components/fold.tsx';
import type { OpenedProps } from '../components/opened-later.tsx';
import { PageLink } from '../components/page-link.tsx';
import { BellButton } from './notification-bell.tsx';
import type { Notification, NotificationState } from './notification-store.ts';
import { useNotifications } from './use-notifications.ts';

const useStyles = makeStyles({
  surface: {
    width: '360px',
    maxWidth: 'calc(100vw - 32px)',
    boxSizing: 'border-box',
    maxHeight: '70dvh',
    overflow: 'auto',
    display: 'grid',
    gap: tokens.spacingVerticalM,
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    minHeight: '32px',
    gap: tokens.spacingHorizontalS,
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalM },
  item: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalS,
    paddingTop: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  progress: { alignSelf: 'start' },
  icon: { fontSize: '20px', display: 'flex' },
  success: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  error: { color: tokens.colorStatusDangerForeground1 },
  info: { color: tokens.colorBrandForeground1 },
  text: { display: 'grid', gap: tokens.spacingVerticalXXS, overflowWrap: 'anywhere' },
  title: { fontWeight: tokens.fontWeightSemibold },
  detail: { whiteSpace: 'pre-line' },
  // As it is copied: by hand, where the browser does not let the portal do it.
  pre: {
    margin: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  age: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  actions: { display: 'flex', alignItems: 'start' },
});

/** The list of everything that was notified, also in earlier visits, with its bell. */
export function NotificationPanel({ ref }: OpenedProps): JSX.Element {
  const styles = useStyles();
  const { notifications, markSeen, dismiss, dismissEnded } = useNotifications();
  const [open, setOpen] = useState(false);
  const change = (next: boolean): void => {
    setOpen(next);
    markSeen();
  };
  return (
    <Popover
      open={open}
      onOpenChange={(_, data) => change(data.open)}
      positioning="below-end"
      trapFocus
      withArrow
    >
      <PopoverTrigger disableButtonEnhancement>
        <BellButton ref={ref} />
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label="Notifications" tabIndex={-1}>
        <div className={styles.head}>
          <Subtitle2 as="h2">Notifications</Subtitle2>
          {notifications.some(({ state }) => state !== 'progress') && (
            <Button size="small" appearance="subtle" onClick={dismissEnded}>
              Dismiss all
            </Button>
          )}
        </div>
        {notifications.length === 0 && <span>There are no notifications.</span>}
        <ul className={styles.list}>
          {notifications.map((notification) => (
            <Entry
              key={notification.id}
              notification={notification}
              onDismiss={() => dismiss(notification.id)}
              onFollow={() => change(false)}
            />
          ))}
        </ul>
      </PopoverSurface>
    </Popover>
  );
}

function Entry({
  notification,
  onDismiss,
  onFollow,
}: {
  notification: Notification;
  onDismiss: () => void;
  onFollow: () => void;
}): JSX.Element {
  const styles = useStyles();
  const { state, title, detail, link, copyText, changedAt } = notification;
  return (
    <li className={styles.item}>
      <StateIcon state={state} />
      <div className={styles.text}>
        <span className={styles.title}>{title}</span>
        {detail && <span className={styles.detail}>{detail}</span>}
        {copyText && (
          <Fold title="The whole error">
            <pre className={styles.pre}>{copyText}</pre>
          </Fold>
        )}
        {link && (
          <span>
            <PageLink to={link.href} onClick={onFollow}>
              {link.label}
            </PageLink>
          </span>
        )}
        <span className={styles.age}>
          <Age at={changedAt} />
        </span>
      </div>
      <div className={styles.actions}>
        {copyText && <CopyButton text={copyText} label="Copy the error" />}
        {state !== 'progress' && (
          <Button
            size="small"
            appearance="subtle"
            icon={<DismissRegular />}
            aria-label={`Dismiss: ${title}`}
            onClick={onDismiss}
          />
        )}
      </div>
    </li>
  );
}

function StateIcon({ state }: { state: NotificationState }): JSX.Element {
  const styles = useStyles();
  switch (state) {
    case 'progress':
      return <Spinner className={styles.progress} size="tiny" aria-label="In progress" />;
    case 'success':
      return (
        <CheckmarkCircleFilled className={mergeClasses(styles.icon, styles.success)} aria-label="Succeeded" />
      );
    case 'warning':
      return <WarningFilled className={mergeClasses(styles.icon, styles.warning)} aria-label="Warning" />;
    case 'error':
      return <DismissCircleFilled className={mergeClasses(styles.icon, styles.error)} aria-label="Failed" />;
    case 'info':
      return <InfoFilled className={mergeClasses(styles.icon, styles.info)} aria-label="Information" />;
  }
}
