import {
  Spinner,
  Toast,
  ToastBody,
  ToastFooter,
  ToastTitle,
  type ToastIntent,
  ToastTrigger,
  Toaster,
  Button,
  useToastController,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useRouter } from '@tanstack/react-router';
import { type JSX, useEffect, useRef } from 'react';
import { CopyButton } from '../components/copy-button.tsx';
import { narrowQuery, useMediaQuery } from '../components/media-query.ts';
import { PageLink } from '../components/page-link.tsx';
import type { Notification, NotificationState } from './notification-store.ts';
import { useNotificationStore } from './use-notifications.ts';

const toasterId = 'notifications';

const shownMs = 6_000;

const intents: Record<NotificationState, ToastIntent> = {
  progress: 'info',
  success: 'success',
  warning: 'warning',
  error: 'error',
  info: 'info',
};

/** Shows each new notification, and each change of its state, as a toast. Errors stay until they are dismissed. */
export function Toasts(): JSX.Element {
  const narrow = useMediaQuery(narrowQuery);
  return (
    <>
      {narrow ? (
        // Above what is docked at the foot of a page, and out of the way of its commands.
        <Toaster toasterId={toasterId} position="bottom" offset={{ vertical: 80, horizontal: 16 }} />
      ) : (
        <Toaster toasterId={toasterId} position="top-end" offset={{ vertical: 56, horizontal: 16 }} />
      )}
      {/* After the place where they appear, which has to listen first. */}
      <Announcer />
    </>
  );
}

function Announcer(): null {
  const router = useRouter();
  const { dispatchToast, updateToast, dismissToast } = useToastController(toasterId);
  const store = useNotificationStore();
  const visible = useRef(new Set<string>());
  useEffect(
    () =>
      store.onToast((notification) => {
        const { id, state, link } = notification;
        // The page that it leads to says all of it, and an error would cover it until it is dismissed.
        if (state === 'error' && link?.href === router.latestLocation.pathname) {
          if (visible.current.has(id)) dismissToast(id);
          return;
        }
        const content = <NotificationToast notification={notification} />;
        const timeout = state === 'error' ? -1 : shownMs;
        const intent = intents[state];
        if (visible.current.has(id)) {
          updateToast({ toastId: id, content, intent, timeout });
          return;
        }
        visible.current.add(id);
        dispatchToast(content, {
          toastId: id,
          intent,
          timeout,
          pauseOnHover: true,
          onStatusChange: (_, { status }) => {
            if (status === 'unmounted') visible.current.delete(id);
          },
        });
      }),
    [store, router, dispatchToast, updateToast, dismissToast],
  );
  return null;
}

function NotificationToast({ notification }: { notification: Notification }): JSX.Element {
  const { state, title, detail, copyText, link } = notification;
  return (
    <Toast>
      <ToastTitle
        {...(state === 'progress' ? { media: <Spinner size="tiny" aria-hidden /> } : {})}
        action={
          <ToastTrigger>
            <Button
              appearance="transparent"
              size="small"
              icon={<DismissRegular />}
              aria-label="Dismiss"
              // The focus stays where it is, in an open dialog for example: it would be nowhere when the toast has gone.
              onMouseDown={(event) => event.preventDefault()}
            />
          </ToastTrigger>
        }
      >
        {title}
      </ToastTitle>
      {detail && <ToastBody>{detail}</ToastBody>}
      {(link || copyText) && (
        <ToastFooter>
          {link && <PageLink to={link.href}>{link.label}</PageLink>}
          {copyText && <CopyButton text={copyText} label="Copy the error" />}
        </ToastFooter>
      )}
    </Toast>
  );
}
