import { MessageBar, MessageBarBody, MessageBarTitle, mergeClasses } from '@fluentui/react-components';
import type { Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { useCluster } from '../api/cluster.ts';
import { useSubscriptions } from '../api/subscriptions.ts';
import { Age } from '../components/age.tsx';
import { Breakable } from '../components/breakable.tsx';
import { PageLink } from '../components/page-link.tsx';
import { RegionName } from '../components/region-name.tsx';
import { ArmErrorDetails } from './arm-error-details.tsx';
import { isDeletionError } from './deployment-words.ts';
import { ClusterLocks, ClusterTags } from './cluster-tags.tsx';
import { Essentials } from './essentials.tsx';
import { LastDeployment } from './last-deployment.tsx';
import { NextSteps } from './next-steps.tsx';
import { usePageStyles } from './page-styles.ts';
import { stateSentence } from './state-words.ts';
import { Survival } from './survival.tsx';
import { useClusterPath } from './use-cluster-path.ts';

/** So many ports are named; of the others their number. */
const mostPorts = 8;

const base = '/clusters/$subscriptionId/$resourceGroup/$name';

/** What the container service is, how it is doing, and what to do next. */
export function OverviewPage(): JSX.Element | null {
  const path = useClusterPath();
  const { data: cluster } = useCluster(path);
  return cluster ? <Overview cluster={cluster} /> : null;
}

function Overview({ cluster }: { cluster: Cluster }): JSX.Element {
  const styles = usePageStyles();
  const { data: subscriptions } = useSubscriptions();
  const subscription = subscriptions?.find(({ subscriptionId }) => subscriptionId === cluster.subscriptionId);
  return (
    <div className={mergeClasses(styles.page, styles.wide)}>
      <StateBar cluster={cluster} />
      <section className={styles.section} aria-labelledby="essentials">
        <h2 className={styles.heading} id="essentials">
          Essentials
        </h2>
        <Essentials
          items={[
            {
              label: 'Resource group',
              value: (
                <PageLink
                  to="/resource-groups/$subscriptionId/$resourceGroup"
                  params={{ subscriptionId: cluster.subscriptionId, resourceGroup: cluster.resourceGroup }}
                >
                  <Breakable text={cluster.resourceGroup} />
                </PageLink>
              ),
              copyText: cluster.resourceGroup,
            },
            {
              label: 'Orchestrator',
              value: cluster.orchestrator === 'swarm' ? 'Docker Swarm' : cluster.orchestrator,
            },
            { label: 'State', value: stateSentence(cluster) },
            { label: 'Masters', value: cluster.masterCount },
            {
              label: 'Region',
              value: <RegionName subscriptionId={cluster.subscriptionId} name={cluster.region} />,
            },
            {
              label: 'Agents',
              value: (
                <>
                  {cluster.agentCount}{' '}
                  <PageLink to={`${base}/scale`} params={cluster}>
                    Scale
                  </PageLink>
                </>
              ),
            },
            { label: 'Subscription', value: subscription?.displayName ?? cluster.subscriptionId },
            { label: 'Machine size', value: cluster.machineSize },
            {
              label: 'Subscription ID',
              value: cluster.subscriptionId,
              copyText: cluster.subscriptionId,
            },
            { label: 'User name', value: cluster.adminUsername, copyText: cluster.adminUsername },
            { label: 'Masters’ address', value: cluster.masterFqdn, copyText: cluster.masterFqdn },
            { label: 'Agents’ address', value: cluster.agentFqdn, copyText: cluster.agentFqdn },
            { label: 'Last deployment', value: <LastDeployment cluster={cluster} /> },
            { label: 'Ports', value: <PortList cluster={cluster} /> },
            { label: 'Created', value: <Age at={cluster.createdAt} /> },
            { label: 'Locks', value: <ClusterLocks cluster={cluster} /> },
            { label: 'Tags', value: <ClusterTags cluster={cluster} /> },
          ]}
        />
      </section>
      <section className={styles.section} aria-labelledby="survives">
        <h2 className={styles.heading} id="survives">
          What it survives
        </h2>
        <Survival cluster={cluster} />
      </section>
      {cluster.state === 'succeeded' && <NextSteps cluster={cluster} />}
    </div>
  );
}

function PortList({ cluster }: { cluster: Cluster }): JSX.Element {
  const { agentPorts = [] } = cluster;
  const first = agentPorts.slice(0, mostPorts).map(({ port }) => port);
  const more = agentPorts.length - first.length;
  return (
    <>
      {agentPorts.length === 0 ? '—' : first.join(', ')}
      {more > 0 && ` and ${more} more`}{' '}
      <PageLink to={`${base}/ports`} params={cluster}>
        Change
      </PageLink>
    </>
  );
}

function StateBar({ cluster }: { cluster: Cluster }): JSX.Element | null {
  switch (cluster.state) {
    case 'succeeded':
      return null;
    case 'deploying':
      return (
        <MessageBar intent="info">
          <MessageBarBody>
            <MessageBarTitle>The deployment is underway.</MessageBarTitle>{' '}
            <PageLink to={`${base}/deployment`} params={cluster} inline>
              Watch every resource come up
            </PageLink>
          </MessageBarBody>
        </MessageBar>
      );
    case 'deleting':
      return (
        <MessageBar intent="warning">
          <MessageBarBody>
            <MessageBarTitle>It is being deleted.</MessageBarTitle>{' '}
            <PageLink to={`${base}/deployment`} params={cluster} inline>
              See how far it is
            </PageLink>
          </MessageBarBody>
        </MessageBar>
      );
    case 'canceled':
      return (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The deployment was canceled.</MessageBarTitle> Some of its resources may exist.{' '}
            <PageLink to={`${base}/deployment`} params={cluster} inline>
              Redeploy what is missing
            </PageLink>
            , or delete the container service.
          </MessageBarBody>
        </MessageBar>
      );
    case 'failed':
      return (
        <>
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>
                {isDeletionError(cluster.error) ? 'It could not be deleted.' : 'The deployment failed.'}
              </MessageBarTitle>{' '}
              <PageLink to={`${base}/deployment`} params={cluster} inline>
                See what failed and why, and try again
              </PageLink>
            </MessageBarBody>
          </MessageBar>
          {cluster.error && <ArmErrorDetails error={cluster.error} />}
        </>
      );
  }
}
