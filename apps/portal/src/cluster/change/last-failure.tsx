import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Cluster } from '@slipway/contract';
import type { JSX, ReactNode } from 'react';
import { PageLink } from '../../components/page-link.tsx';

/**
 * Says that what the cluster was last asked to be may not be what it is, after a deployment that did not succeed.
 * `children` say where to see what is. Nothing after one that did.
 */
export function LastFailure({
  cluster,
  children,
}: {
  cluster: Cluster;
  children: ReactNode;
}): JSX.Element | null {
  if (cluster.state !== 'failed' && cluster.state !== 'canceled') return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {cluster.state === 'failed' ? 'The last deployment failed.' : 'The last deployment was canceled.'}
        </MessageBarTitle>{' '}
        {children} To try the same once more,{' '}
        <PageLink to="/clusters/$subscriptionId/$resourceGroup/$name/deployment" params={cluster} inline>
          redeploy it
        </PageLink>
        .
      </MessageBarBody>
    </MessageBar>
  );
}
