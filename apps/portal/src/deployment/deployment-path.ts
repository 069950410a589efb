import type { DeploymentPath } from '@slipway/contract';

/** Where a deployment is, by its ARM id; `undefined` for one that is not at a resource group. */
export function deploymentPathOf(id: string | undefined): DeploymentPath | undefined {
  const match =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Resources\/deployments\/([^/]+)$/i.exec(
      id ?? '',
    );
  if (!match) return undefined;
  const [, subscriptionId = '', resourceGroup = '', deployment = ''] = match;
  return { subscriptionId, resourceGroup, deployment };
}
