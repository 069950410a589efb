import { type DeploymentRow, isResourceId } from '@slipway/contract';
import type { JSX, ReactNode } from 'react';
import { PageLink } from '../components/page-link.tsx';
import { ResourceLink } from '../components/resource-link.tsx';
import { deploymentPathOf } from '../deployment/deployment-path.ts';

/** Leads to what a row is about; only `otherwise` where ARM does not have it: still planned, or gone. */
export function RowLink({
  row: { id, state },
  otherwise,
  children,
}: {
  row: DeploymentRow;
  otherwise?: ReactNode;
  children: ReactNode;
}): JSX.Element {
  if (state === 'Waiting' || state === 'Deleted') return <>{otherwise}</>;
  const nested = deploymentPathOf(id);
  if (nested)
    return (
      <PageLink
        to="/resource-groups/$subscriptionId/$resourceGroup/deployments/$deployment"
        params={{ ...nested }}
      >
        {children}
      </PageLink>
    );
  return isResourceId(id) ? <ResourceLink id={id}>{children}</ResourceLink> : <>{otherwise}</>;
}
