import type { ClusterPath, DeploymentHead, DeploymentSnapshot } from '@slipway/contract';
import { type JSX, useState } from 'react';
import { useSubscriptions } from '../api/subscriptions.ts';
import { Breakable } from '../components/breakable.tsx';
import { PageLink } from '../components/page-link.tsx';
import { deletionNotificationId } from '../notifications/cluster-notifications.ts';
import { useNotifications } from '../notifications/use-notifications.ts';
import { isAtWork, isFailedDeletion } from './deployment-words.ts';
import { durationText, elapsedMs } from './durations.ts';
import { type Essential, Essentials } from './essentials.tsx';

/** Which deployment this is: its name, its place, since when it runs, and the id to ask support with. */
export function DeploymentFacts({
  path,
  snapshot,
  now,
}: {
  path: ClusterPath;
  snapshot: DeploymentSnapshot;
  now: number;
}): JSX.Element {
  const { deployment } = snapshot;
  const place = usePlace(path);
  if (deployment.state === 'Deleting') {
    return (
      <Essentials items={[...place, { label: 'Duration', value: <DeletionTime path={path} now={now} /> }]} />
    );
  }
  // What is told of the deployment is of no use where it is being deleted.
  if (isFailedDeletion(snapshot)) return <Essentials items={place} />;
  return <DeploymentEssentials group={path} deployment={deployment} now={now} />;
}

type Group = Pick<ClusterPath, 'subscriptionId' | 'resourceGroup'>;

function usePlace({ subscriptionId, resourceGroup }: Group): [Essential, Essential] {
  const { data: subscriptions } = useSubscriptions();
  const subscription = subscriptions?.find((each) => each.subscriptionId === subscriptionId);
  return [
    { label: 'Subscription', value: subscription?.displayName ?? subscriptionId },
    {
      label: 'Resource group',
      value: (
        <PageLink
          to="/resource-groups/$subscriptionId/$resourceGroup"
          params={{ subscriptionId, resourceGroup }}
        >
          <Breakable text={resourceGroup} />
        </PageLink>
      ),
      copyText: resourceGroup,
    },
  ];
}

/** The facts of any deployment at a resource group. */
export function DeploymentEssentials({
  group,
  deployment,
  now,
}: {
  group: Group;
  deployment: DeploymentHead;
  now: number;
}): JSX.Element {
  const [subscription, resourceGroup] = usePlace(group);
  const atWork = isAtWork(deployment.state);
  const taken = elapsedMs(
    atWork ? { changedAt: deployment.startedAt } : { durationMs: deployment.durationMs },
    atWork,
    now,
  );
  return (
    <Essentials
      items={[
        { label: 'Deployment name', value: deployment.name, copyText: deployment.name },
        {
          label: 'Start time',
          value: deployment.startedAt && new Date(deployment.startedAt).toLocaleString(),
        },
        subscription,
        { label: 'Duration', value: taken === undefined ? undefined : durationText(taken) },
        resourceGroup,
        {
          label: 'Correlation ID',
          value: deployment.correlationId,
          copyText: deployment.correlationId,
        },
      ]}
    />
  );
}

/** How long the deletion has been seen from here: ARM does not tell when it began. */
function DeletionTime({ path, now }: { path: ClusterPath; now: number }): JSX.Element {
  const { notifications } = useNotifications();
  const [openedAt] = useState(() => Date.now());
  const told = notifications.find(
    ({ id, state }) => id === deletionNotificationId(path) && state === 'progress',
  );
  return (
    <>{durationText(Math.max(0, now - Math.min(openedAt, told?.startedAt ?? openedAt)))}, as seen from here</>
  );
}
