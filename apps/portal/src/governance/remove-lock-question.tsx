import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ScopeLock } from '@slipway/contract';
import { type JSX, useState } from 'react';
import { useDeleteLock } from '../api/governance.ts';
import { useDangerStyles } from '../cluster/danger-button.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SlowWait } from '../components/slow-wait.tsx';
import { lockWords, lockedPlace } from './lock-words.ts';

/** Asks before a lock is removed: which one it is, what it protects, and what can happen without it. Open while there is a `lock`. */
export function RemoveLockQuestion({
  scope,
  lock,
  onClose,
}: {
  scope: string;
  lock: ScopeLock | undefined;
  onClose: () => void;
}): JSX.Element {
  const styles = usePageStyles();
  const danger = useDangerStyles();
  const remove = useDeleteLock(scope);
  // While the question closes it still says what it was about.
  const [last, setLast] = useState(lock);
  if (lock && lock !== last) setLast(lock);
  const close = (): void => {
    if (remove.isPending) return;
    remove.reset();
    onClose();
  };
  return (
    <Dialog open={lock !== undefined} onOpenChange={(_, { open }) => !open && close()} modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Remove the lock {last?.name}?</DialogTitle>
          <DialogContent>
            <div className={styles.section}>
              {last && (
                <p className={styles.text}>
                  It is a {lockWords[last.level].name} lock on {lockedPlace(last.on)}.{' '}
                  {lockWords[last.level].without}
                </p>
              )}
              {last?.notes && <p className={styles.text}>Its notes say: {last.notes}</p>}
              {remove.isPending && <SlowWait inline size="tiny" label="Removing the lock…" />}
              {remove.error && <ProblemBar problem={remove.error} title="The lock could not be removed." />}
            </div>
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              className={danger.danger}
              disabledFocusable={remove.isPending}
              onClick={() => last && !remove.isPending && remove.mutate(last.id, { onSuccess: onClose })}
            >
              Remove the lock
            </Button>
            <Button disabledFocusable={remove.isPending} onClick={close}>
              Keep it
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
