import { isResourceId } from '@slipway/contract';
import type { JSX } from 'react';
import { useSubscriptions } from '../api/subscriptions.ts';
import { PageLink } from './page-link.tsx';
import { ResourceLink } from './resource-link.tsx';

/** What a scope is called, with the way to its page where it has one. */
export function ScopeLink({ scope }: { scope: string }): JSX.Element {
  const [, subscriptionId = '', resourceGroup] =
    /^\/subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+))?/i.exec(scope) ?? [];
  if (isResourceId(scope)) return <ResourceLink id={scope}>{scope.split('/').at(-1)}</ResourceLink>;
  if (resourceGroup === undefined) return <SubscriptionWords subscriptionId={subscriptionId} />;
  return (
    <PageLink to="/resource-groups/$subscriptionId/$resourceGroup" params={{ subscriptionId, resourceGroup }}>
      {resourceGroup}
    </PageLink>
  );
}

/** A subscription has no page in this portal. */
function SubscriptionWords({ subscriptionId }: { subscriptionId: string }): JSX.Element {
  const { data } = useSubscriptions();
  const known = data?.find((each) => each.subscriptionId === subscriptionId.toLowerCase());
  return <>the subscription {known?.displayName ?? subscriptionId}</>;
}
