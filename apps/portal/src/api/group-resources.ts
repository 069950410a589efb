import { armResourceSchema, routes } from '@slipway/contract';
import { isResourceAtWork } from '@slipway/topology';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { askingAgain } from './asking-again.ts';
import { ApiProblem, request } from './client.ts';

/** Between two looks at a group: while something is being done with one of its resources, and at rest; in milliseconds. */
const workingMs = 4_000;
const atRestMs = 10_000;
/** A read of many resources takes many requests of ARM's budget: such a group is looked at less often. */
const manyResources = 500;
const manyMs = 60_000;

/** Whether a resource group that was asked for does not exist (any more). */
export const isGroupMissing = (thrown: unknown): boolean =>
  thrown instanceof ApiProblem && thrown.code === 'NotFound';

/** Every resource of a resource group as ARM returns it; asked again while somebody looks, unless it is not `watched`. */
export const useGroupResources = (
  subscriptionId: string,
  resourceGroup: string,
  { watched = true }: { watched?: boolean } = {},
) =>
  useQuery({
    queryKey: ['subscriptions', subscriptionId, 'resource-groups', resourceGroup.toLowerCase(), 'resources'],
    queryFn: ({ signal }) =>
      request(routes.groupResources(subscriptionId, resourceGroup), z.array(armResourceSchema), { signal }),
    refetchInterval: ({ state: { data, error } }) => {
      if (isGroupMissing(error)) return false;
      if (!watched) return askingAgain(error, false);
      if (data && data.length > manyResources) return askingAgain(error, manyMs);
      return askingAgain(error, data?.some(isResourceAtWork) === true ? workingMs : atRestMs);
    },
  });
