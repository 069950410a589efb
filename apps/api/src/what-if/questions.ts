import type { ClusterSpec } from '@slipway/cluster';
import type { Cluster, ClusterPath, WhatIfChangeRequest } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { exportStackTemplate } from '../arm/stacks.ts';
import type { WhatIfQuestion } from '../arm/what-if.ts';
import { checkSpec } from '../clusters/check-spec.ts';
import { clusterNotFound, readCluster } from '../clusters/cluster-of-stack.ts';
import { wrapWithGroup } from '../clusters/group-wrapper.ts';
import { storedParameters } from '../clusters/stored-parameters.ts';

/** Bears no trace of time or chance: the same question is the same request. */
const deploymentName = 'slipway-what-if';

/**
 * The question of what a spec would build, once the spec has passed all other checks.
 *
 * @throws ApiError what `checkSpec` throws
 */
export async function questionOfSpec(arm: Arm, spec: ClusterSpec): Promise<WhatIfQuestion> {
  const { path, request, group } = await checkSpec(arm, spec, undefined);
  const { subscriptionId } = path;
  const { template, parameters } = request;
  const location = spec.basics.region;
  if (group)
    return {
      subscriptionId,
      resourceGroup: group.name,
      name: deploymentName,
      location,
      template,
      parameters,
    };
  return {
    subscriptionId,
    resourceGroup: undefined,
    name: `${deploymentName}-${location}`.slice(0, 64),
    location,
    ...wrapWithGroup({ resourceGroup: path.resourceGroup, location, deploymentName, template, parameters }),
  };
}

/**
 * The question of what an update of a cluster would do: with the template that its stack holds, and the values that it was
 * given but for these changes, as the update itself would be submitted.
 *
 * @throws ApiError `ClusterNotFound`, `ClusterChanged`, `DeploymentRunning` or `ValuesMissing`
 */
export async function questionOfChange(
  arm: Arm,
  path: ClusterPath,
  { agentCount, agentPorts }: WhatIfChangeRequest,
): Promise<{ cluster: Cluster; question: WhatIfQuestion }> {
  const { cluster, stack } = await readCluster(arm, path);
  if (cluster.state === 'deleting') throw new ApiError('ClusterChanged', `${cluster.name} is being deleted.`);
  if (cluster.state === 'deploying')
    throw new ApiError('DeploymentRunning', `${cluster.name} is being deployed at the moment.`);
  const { subscriptionId, resourceGroup, name, region: location } = cluster;
  const template = await exportStackTemplate(arm, { subscriptionId, resourceGroup, name });
  if (!template) throw clusterNotFound(path);
  const parameters = storedParameters(stack, template, {
    ...(agentCount === undefined ? {} : { agentCount }),
    ...(agentPorts === undefined ? {} : { agentPorts }),
  });
  return {
    cluster,
    question: { subscriptionId, resourceGroup, name: deploymentName, location, template, parameters },
  };
}
