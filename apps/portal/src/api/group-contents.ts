import { groupContentSchema, routes } from '@slipway/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from './client.ts';

/** How many resources, and which clusters, each resource group has that is not empty. */
export const groupContentsQuery = queryOptions({
  queryKey: ['resource-groups', 'contents'],
  queryFn: ({ signal }) => request(routes.groupContents(), z.array(groupContentSchema), { signal }),
});

export const useGroupContents = () => useQuery(groupContentsQuery);
