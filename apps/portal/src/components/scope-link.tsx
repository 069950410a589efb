import { isResourceId } from '@slipway/contract';
import type { JSX } from 'react';
import { PageLink } from './page-link.tsx';
import { ResourceLink } from './resource-link.tsx';

/** What a scope is called, with the way to its page where it has one. */
export function ScopeLink({ scope }: { scope: string }): JSX.Element {
  const [, subscriptionId = '', resourceGroup] =
    /^\/subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+))?/i.exec(scope) ?? [];
  if (isResourceId(scope)) return <ResourceLink id={scope}>{scope.split('/').at(-1)}</ResourceLink>;
  if (resourceGroup === undefined) return <>the subscription {subscriptionId}</>;
  return (
    <PageLink to="/resource-groups/$subscriptionId/$resourceGroup" params={{ subscriptionId, resourceGroup }}>
      {resourceGroup}
    </PageLink>
  );
}
