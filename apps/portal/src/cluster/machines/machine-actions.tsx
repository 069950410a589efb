import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { ArrowClockwiseRegular, PlayRegular, PowerRegular, RecordStopRegular } from '@fluentui/react-icons';
import type { ClusterState, Machine, MachineAction } from '@slipway/contract';
import { machineActionSchema } from '@slipway/contract';
import { type JSX, useId, useState } from 'react';
import { useMachineAction, useOwnAction } from '../../api/machine-action.ts';
import type { MachineHome } from '../../api/machines.ts';
import { usePageStyles } from '../page-styles.ts';
import { ActionState } from './action-state.tsx';
import { InterruptionDialog } from './interruption-dialog.tsx';
import { actionWords, interrupts, obstacleTo } from './machine-words.ts';
import { useActionNotifications } from './use-action-notifications.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  item: {
    display: 'grid',
    gridTemplateColumns: '136px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'center',
  },
  button: { justifyContent: 'flex-start' },
  text: { maxWidth: '70ch' },
});

const icons: Readonly<Record<MachineAction, JSX.Element>> = {
  start: <PlayRegular />,
  restart: <ArrowClockwiseRegular />,
  powerOff: <RecordStopRegular />,
  deallocate: <PowerRegular />,
};

/** What can be done with a machine, what it means or why it cannot be done now, and how far it is. */
export function MachineActions({
  home,
  machine,
  machines,
  clusterState,
}: {
  home: MachineHome;
  machine: Machine;
  /** All of its home: what is left when it is interrupted depends on them. */
  machines: readonly Machine[];
  /** Of its cluster, where it has one. */
  clusterState?: ClusterState | undefined;
}): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const headingId = useId();
  const restoreFocus = useRestoreFocusTarget();
  const own = useOwnAction(home, machine.id);
  const { mutate } = useMachineAction(home, useActionNotifications(home));
  const [asked, setAsked] = useState<MachineAction>();
  const begin = (action: MachineAction): void => {
    setAsked(undefined);
    mutate({ machine, action });
  };
  return (
    <section className={pageStyles.section} aria-labelledby={headingId}>
      <h3 className={pageStyles.heading} id={headingId}>
        Actions
      </h3>
      {own && <ActionState own={own} machine={machine} />}
      <ul className={styles.list}>
        {machineActionSchema.options.map((action) => {
          const obstacle =
            own?.state === 'pending'
              ? `Wait: it ${actionWords[own.action].going}.`
              : obstacleTo(action, machine, clusterState);
          return (
            <li key={action} className={styles.item}>
              <Button
                {...restoreFocus}
                icon={icons[action]}
                className={styles.button}
                aria-describedby={`${headingId}-${action}`}
                disabledFocusable={obstacle !== undefined}
                onClick={() => (interrupts(action, machine) ? setAsked(action) : begin(action))}
              >
                {actionWords[action].name}
              </Button>
              <span id={`${headingId}-${action}`} className={styles.text}>
                {obstacle ?? actionWords[action].meaning}
              </span>
            </li>
          );
        })}
      </ul>
      <InterruptionDialog
        action={asked}
        machine={machine}
        machines={machines}
        onConfirm={begin}
        onClose={() => setAsked(undefined)}
      />
    </section>
  );
}
