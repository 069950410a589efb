import { type ActivityQuery, activityPageSchema, routes } from '@slipway/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { request } from './client.ts';
import { resourceKey } from './resource.ts';

const hourMs = 3_600_000;

/** What of the activity log is looked at. */
export interface ActivityChoice extends Pick<ActivityQuery, 'status' | 'caller' | 'operation'> {
  /** How far back. */
  hours: number;
}

/** The activity log of a resource, a group or a container service's stack, a part at a time and newest first. */
export const useActivity = (scope: string, { hours, ...filters }: ActivityChoice) =>
  useInfiniteQuery({
    queryKey: [...resourceKey(scope), 'activity', hours, filters],
    initialPageParam: start,
    queryFn: ({ signal, pageParam }) => {
      // One moment for all parts: what ARM gave to go on with is good for the same question only.
      const from = pageParam.from ?? new Date(Date.now() - hours * hourMs).toISOString();
      const { next } = pageParam;
      const query = { scope, from, ...filters, ...(next === undefined ? {} : { next }) };
      return request(routes.activity(query), activityPageSchema, { signal }).then((page) => ({
        ...page,
        from,
      }));
    },
    getNextPageParam: ({ from, next }): Place | undefined =>
      next === undefined ? undefined : { from, next },
  });

interface Place {
  from: string | undefined;
  next: string | undefined;
}
const start: Place = { from: undefined, next: undefined };
