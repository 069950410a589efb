import { AddRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import type { GroupPath } from '../cluster/topology/explorer/topology-place.ts';
import { LinkButton } from '../components/link-button.tsx';

/** Opens the wizard with this resource group chosen. */
export function CreateInGroup({ path: { subscriptionId, resourceGroup } }: { path: GroupPath }): JSX.Element {
  return (
    <LinkButton
      to="/create"
      search={{ subscription: subscriptionId, resourceGroup, group: 'existing' }}
      appearance="primary"
      icon={<AddRegular />}
    >
      Create a container service
    </LinkButton>
  );
}
