import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { Machine, MachineAction } from '@slipway/contract';
import type { JSX } from 'react';
import { usePageStyles } from '../page-styles.ts';
import { actionWords, interruptionText } from './machine-words.ts';

/** Asks before a running machine is interrupted, and says what becomes of the Swarm meanwhile. Open while there is an `action`. */
export function InterruptionDialog({
  action,
  machine,
  machines,
  onConfirm,
  onClose,
}: {
  action: MachineAction | undefined;
  machine: Machine;
  machines: readonly Machine[];
  onConfirm: (action: MachineAction) => void;
  onClose: () => void;
}): JSX.Element {
  const styles = usePageStyles();
  const words = action && actionWords[action];
  return (
    <Dialog open={action !== undefined} onOpenChange={(_, { open }) => !open && onClose()} modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>
            {words?.name} {machine.name}?
          </DialogTitle>
          <DialogContent>
            <div className={styles.section}>
              <p className={styles.text}>{interruptionText(machine, machines)}</p>
              <p className={styles.text}>{words?.meaning}</p>
            </div>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={() => action && onConfirm(action)}>
              {words?.name}
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
