import { type ResourcePage, resourcePageSchema, routes } from '@slipway/contract';
import { type InfiniteData, infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { request } from './client.ts';

/** So many pages of a thousand are read by themselves. */
const mostPages = 20;

/** Of all resources those that were read so far. */
export interface ReadResources {
  resources: ResourcePage['resources'];
  total: number;
}

const gathered = ({ pages }: InfiniteData<ResourcePage>): ReadResources => ({
  resources: pages.flatMap(({ resources }) => resources),
  total: pages.at(-1)?.total ?? 0,
});

/** The resources of all subscriptions, page by page. */
export const allResourcesQuery = infiniteQueryOptions({
  queryKey: ['resources'],
  queryFn: ({ signal, pageParam }) => request(routes.resources(pageParam), resourcePageSchema, { signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }, pages) => (pages.length < mostPages ? next : undefined),
  select: gathered,
});

/** Reads the resources of all subscriptions, one page after the other. */
export function useAllResources() {
  const read = useInfiniteQuery(allResourcesQuery);
  const { hasNextPage, isFetching, isError, fetchNextPage } = read;
  const goesOn = hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  return read;
}
