import type { Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { useLastDeployment } from '../api/last-deployment.ts';
import { Age } from '../components/age.tsx';
import { PageLink } from '../components/page-link.tsx';
import { durationText } from './durations.ts';

/** How and when the cluster's last deployment ended, with the way to it. */
export function LastDeployment({ cluster }: { cluster: Cluster }): JSX.Element {
  const { data: deployment } = useLastDeployment(cluster);
  const { startedAt, durationMs = 0 } = deployment ?? {};
  return (
    <PageLink to="/clusters/$subscriptionId/$resourceGroup/$name/deployment" params={cluster}>
      {cluster.state === 'deploying' || cluster.state === 'deleting'
        ? 'Underway'
        : (deployment?.state ?? 'See it')}
      {deployment && startedAt !== undefined && (
        <>
          , <Age at={Date.parse(startedAt) + durationMs} />, in {durationText(durationMs)}
        </>
      )}
    </PageLink>
  );
}
