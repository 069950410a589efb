import { Button } from '@fluentui/react-components';
import { SignOutRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { asProblem } from '../api/client.ts';
import { useSignOut } from '../api/sign-in.ts';
import { NameTooltip } from '../components/name-tooltip.tsx';
import { useNotificationStore } from '../notifications/use-notifications.ts';

/** Ends the session. */
export function SignOutButton(): JSX.Element {
  const signOut = useSignOut();
  const { notify } = useNotificationStore();
  const leave = (): void =>
    signOut.mutate(undefined, {
      onError: (thrown) => {
        const { message, remedy } = asProblem(thrown);
        notify({
          id: 'sign-out',
          state: 'error',
          title: 'Signing out failed',
          detail: `${message} ${remedy}`,
        });
      },
    });
  return (
    <NameTooltip content="Sign out">
      <Button appearance="subtle" icon={<SignOutRegular />} disabled={signOut.isPending} onClick={leave} />
    </NameTooltip>
  );
}
