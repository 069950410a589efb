import type { Cluster } from '@slipway/contract';
import { coresLeftFor } from '@slipway/contract';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { namedResource } from '../arm/deployments.ts';
import { readResource } from '../arm/resources.ts';
import type { Stack } from '../arm/stacks.ts';
import { readMachineSizes } from '../places/machine-sizes.ts';

const capacitySchema = z.object({ sku: z.object({ capacity: z.number().int() }) });

/**
 * Asks ARM whether its quotas leave room for so many agents, before it is asked to make them. What counts is how many
 * there are, not how many were last asked for: a deployment that failed may have made none of them.
 *
 * @throws ApiError `ValidationFailed` with the field `agentCount`
 */
export async function checkAgentsFit(
  arm: Arm,
  { cluster, stack }: { cluster: Cluster; stack: Stack },
  wanted: number,
): Promise<void> {
  const more = wanted - (await presentAgents(arm, stack));
  if (more <= 0) return;
  const sizes = await readMachineSizes(arm, cluster.subscriptionId, cluster.region);
  const size = sizes.sizes.find(({ name }) => name.toLowerCase() === cluster.machineSize.toLowerCase());
  // Of a size that the region does not list only ARM can say anything.
  if (!size) return;
  const cores = more * size.vCpus;
  const left = coresLeftFor(size, sizes);
  if (cores > left)
    throw refusal(
      `${more} more ${more === 1 ? 'machine' : 'machines'} of ${size.name} ${more === 1 ? 'needs' : 'need'} ${cores} cores, but the quota leaves ${left}. ` +
        'Choose fewer agents, or ask for a higher quota.',
    );
  if (size.unavailable !== undefined)
    throw refusal(`There can be no more machines of ${size.name}: ${size.unavailable}`);
}

const refusal = (message: string): ApiError =>
  new ApiError('ValidationFailed', message, { fields: [{ path: 'agentCount', message }] });

async function presentAgents(arm: Arm, stack: Stack): Promise<number> {
  const scaleSets = stack.resourceIds.filter(
    (id) => namedResource(id).type.toLowerCase() === 'microsoft.compute/virtualmachinescalesets',
  );
  const read = await Promise.all(
    scaleSets.map(async (id) => capacitySchema.safeParse(await readResource(arm, id))),
  );
  return read.reduce((sum, { data }) => sum + (data?.sku.capacity ?? 0), 0);
}
