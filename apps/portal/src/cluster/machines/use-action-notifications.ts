import type { Machine, MachineAction } from '@slipway/contract';
import { useMemo } from 'react';
import type { ActionListener } from '../../api/machine-action.ts';
import type { MachineHome } from '../../api/machines.ts';
import { resourceAddress } from '../../components/resource-address.ts';
import { problemText } from '../../components/problem-text.ts';
import { clusterAddress } from '../../notifications/cluster-notifications.ts';
import type { NotificationContent } from '../../notifications/notification-store.ts';
import { useNotificationStore } from '../../notifications/use-notifications.ts';
import { actionWords } from './machine-words.ts';

/** Tells of actions on machines in notifications: one for each machine, which leads to it. */
export function useActionNotifications(home: MachineHome): ActionListener {
  const { notify } = useNotificationStore();
  const machines = 'machineId' in home ? undefined : clusterAddress(home, 'machines');
  return useMemo(() => {
    const tell = (
      machine: Machine,
      state: NotificationContent['state'],
      words: string,
      more: Pick<NotificationContent, 'detail' | 'copyText'> = {},
    ): void =>
      notify({
        id: `machine:${machine.id.toLowerCase()}`,
        state,
        title: `${machine.name} ${words}`,
        link: {
          href:
            machines === undefined
              ? resourceAddress(machine.id)
              : `${machines}/${encodeURIComponent(machine.name)}`,
          label: 'Go to the machine',
        },
        ...more,
      });
    return {
      onBegun: (machine, action) => tell(machine, 'progress', actionWords[action].going),
      onDone: (machine, action) => tell(machine, 'success', actionWords[action].done),
      onFailed: (machine: Machine, action: MachineAction, problem) => {
        const armError = machine.error && `${machine.error.code}: ${machine.error.message}`;
        tell(machine, 'error', actionWords[action].failed, {
          detail: problem?.message ?? machine.error?.message,
          copyText: problem ? problemText(problem) : armError,
        });
      },
    };
  }, [notify, machines]);
}
