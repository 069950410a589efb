import {
  CLUSTER_TAG,
  type ClusterSpec,
  REQUEST_ID_TAG,
  faultDomainCountFor,
  swarmDeployment,
  tagsObject,
} from '@slipway/cluster';
import {
  type ArmErrorBody,
  type FieldError,
  type MachineSizes,
  type ResourceGroup,
  coresLeftFor,
  isBeingDeleted,
} from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { armFailureOf } from '../arm/arm-failure.ts';
import { validateAtSubscription } from '../arm/deployments.ts';
import { findResourceGroup } from '../arm/resource-groups.ts';
import { type StackPath, type StackRequest, findStack, validateStack } from '../arm/stacks.ts';
import { listRegions, subscriptionExists } from '../arm/subscriptions.ts';
import { checkDnsPrefixFree } from '../places/dns-availability.ts';
import { readMachineSizes } from '../places/machine-sizes.ts';
import { fieldsOfArmError } from './arm-error-fields.ts';
import { wrapWithGroup } from './group-wrapper.ts';
import { readSwarmFiles } from './swarm-files.ts';

/** A spec that can be built: what to submit, and the group if it exists already. */
export interface CheckedSpec {
  path: StackPath;
  request: StackRequest;
  group: ResourceGroup | undefined;
}

/** Where the stack of a spec's cluster is. */
export const pathOfSpec = ({ basics }: ClusterSpec): StackPath => ({
  subscriptionId: basics.subscriptionId,
  resourceGroup: basics.resourceGroup.name,
  name: basics.serviceName,
});

/**
 * Asks ARM everything that a (well-formed) spec depends on: place, name, DNS labels, machine size and quota; then
 * ARM's own preflight. Nothing is changed.
 *
 * @param requestId the submission that this is for: a group that it made itself counts as new
 * @throws ApiError `ValidationFailed` or `ClusterNameTaken` with the fields that are wrong
 */
export async function checkSpec(
  arm: Arm,
  spec: ClusterSpec,
  requestId: string | undefined,
): Promise<CheckedSpec> {
  const path = pathOfSpec(spec);
  const group = await checkPlace(arm, spec, requestId);
  const [sizes, dns, stack] = await Promise.all([
    readMachineSizes(arm, path.subscriptionId, spec.basics.region),
    checkDnsPrefixFree(arm, path.subscriptionId, spec.basics.region, spec.master.dnsPrefix),
    group ? findStack(arm, path) : undefined,
  ]);
  if (stack) throw nameTaken(path);
  const taken = dns.labels.filter((label) => !label.available).map((label) => label.fqdn);
  refuse([
    ...taken.slice(0, 1).map(() => ({
      path: 'master.dnsPrefix',
      message: `${taken.join(' and ')} ${taken.length > 1 ? 'are' : 'is'} taken. Choose another DNS name prefix.`,
    })),
    ...sizeProblems(spec, sizes),
  ]);
  const request = await stackRequest(spec, sizes, requestId);
  const refused = await preflight(arm, spec, path, request, group);
  if (refused)
    throw new ApiError(
      'ValidationFailed',
      `Azure Resource Manager would refuse this cluster: ${refused.message}`,
      {
        fields: fieldsOfArmError(refused),
        arm: refused,
      },
    );
  return { path, request, group };
}

/** The error for a service name that another cluster, or another stack, has. */
export const nameTaken = (path: StackPath): ApiError =>
  new ApiError(
    'ClusterNameTaken',
    `The name ${path.name} is taken in the resource group ${path.resourceGroup}.`,
    {
      fields: [
        {
          path: 'basics.serviceName',
          message: `${path.name} is taken in the resource group ${path.resourceGroup}. Choose another name.`,
        },
      ],
    },
  );

function refuse(fields: readonly FieldError[]): void {
  const [first] = fields;
  if (first)
    throw new ApiError('ValidationFailed', `This cluster cannot be built: ${first.message}`, { fields });
}

async function checkPlace(
  arm: Arm,
  { basics }: ClusterSpec,
  requestId: string | undefined,
): Promise<ResourceGroup | undefined> {
  const { subscriptionId, region, resourceGroup } = basics;
  if (!(await subscriptionExists(arm, subscriptionId)))
    refuse([
      {
        path: 'basics.subscriptionId',
        message: 'This subscription does not exist. Choose one from the list.',
      },
    ]);
  const [regions, group] = await Promise.all([
    listRegions(arm, subscriptionId),
    findResourceGroup(arm, subscriptionId, resourceGroup.name),
  ]);
  const problems: FieldError[] = [];
  if (!regions.some(({ name }) => name === region))
    problems.push({
      path: 'basics.region',
      message: `This subscription has no region ${region}. Choose one from the list.`,
    });
  const groupProblem = problemOfGroup(resourceGroup, group, requestId);
  if (groupProblem !== undefined) problems.push({ path: 'basics.resourceGroup.name', message: groupProblem });
  refuse(problems);
  return group;
}

/** What keeps a spec from using its resource group, if anything. */
export function problemOfGroup(
  wanted: ClusterSpec['basics']['resourceGroup'],
  group: ResourceGroup | undefined,
  requestId: string | undefined,
): string | undefined {
  if (group && isBeingDeleted(group.provisioningState))
    return `The resource group ${group.name} is being deleted. Choose another one, or wait until it is gone.`;
  if (wanted.kind === 'existing' && !group)
    return `There is no resource group ${wanted.name} in this subscription. Choose another one, or create a new one.`;
  const own = requestId !== undefined && group?.tags[REQUEST_ID_TAG] === requestId;
  if (wanted.kind === 'new' && group && !own)
    return `A resource group ${group.name} exists already. Choose it from the list, or enter another name.`;
  return undefined;
}

function sizeProblems(spec: ClusterSpec, sizes: MachineSizes): FieldError[] {
  const { machineSize, count } = spec.agent;
  const size = sizes.sizes.find(({ name }) => name.toLowerCase() === machineSize.toLowerCase());
  if (!size)
    return [
      {
        path: 'agent.machineSize',
        message: `${spec.basics.region} has no machine size ${machineSize} that can run a cluster. Choose one from the list.`,
      },
    ];
  if (size.unavailable !== undefined)
    return [{ path: 'agent.machineSize', message: `${size.name} cannot be used: ${size.unavailable}` }];
  const cores = (spec.master.count + count) * size.vCpus;
  const left = coresLeftFor(size, sizes);
  if (cores <= left) return [];
  return [
    {
      path: 'agent.count',
      message:
        `${spec.master.count + count} machines of ${size.name} need ${cores} cores, but the quota leaves ${left}. ` +
        'Choose fewer agents or a smaller machine size, or ask for a higher quota.',
    },
  ];
}

/** What a creation submits for a spec. */
export async function stackRequest(
  spec: ClusterSpec,
  sizes: MachineSizes,
  requestId: string | undefined,
): Promise<StackRequest> {
  const { template, parameters } = swarmDeployment(spec, await readSwarmFiles(), {
    faultDomainCount: faultDomainCountFor(sizes.faultDomains),
  });
  return {
    template,
    parameters,
    tags: {
      ...tagsObject(spec.tags ?? []),
      [CLUSTER_TAG]: spec.basics.serviceName,
      ...(requestId === undefined ? {} : { [REQUEST_ID_TAG]: requestId }),
    },
  };
}

async function preflight(
  arm: Arm,
  spec: ClusterSpec,
  path: StackPath,
  request: StackRequest,
  group: ResourceGroup | undefined,
): Promise<ArmErrorBody | undefined> {
  try {
    if (group) return await validateStack(arm, path, request);
    // Both names bear no trace of time or chance: the same spec is the same question.
    const deploymentName = 'slipway-preflight';
    const wrapped = wrapWithGroup({
      resourceGroup: path.resourceGroup,
      location: spec.basics.region,
      deploymentName,
      template: request.template,
      parameters: request.parameters,
    });
    return await validateAtSubscription(arm, path.subscriptionId, {
      name: `${deploymentName}-${spec.basics.region}`.slice(0, 64),
      location: spec.basics.region,
      ...wrapped,
    });
  } catch (thrown) {
    const failure = armFailureOf(thrown);
    if (
      failure &&
      failure.status >= 400 &&
      failure.status < 500 &&
      failure.status !== 401 &&
      failure.status !== 429
    )
      return failure.body;
    throw thrown;
  }
}
