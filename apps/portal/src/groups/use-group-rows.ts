import type { Subscription } from '@slipway/contract';
import { useMemo } from 'react';
import { useGroupContents } from '../api/group-contents.ts';
import { useRegionNames } from '../api/regions.ts';
import { useResourceGroupsOf } from '../api/resource-groups.ts';
import type { GroupRow } from './group-columns.tsx';

/** A subscription whose groups could not be read. */
export interface UnreadGroups {
  subscription: Subscription;
  problem: Error;
  /** When what is shown of it all the same was read, in milliseconds since the epoch; 0 where nothing is. */
  readAt: number;
}

/** The resource groups of subscriptions, as far as they are known. */
export interface GroupRows {
  /** Undefined until one subscription has answered. */
  rows: readonly GroupRow[] | undefined;
  /** How many subscriptions have not answered yet. */
  pending: number;
  unread: readonly UnreadGroups[];
  /** Why it is not known what is in the groups. */
  countProblem: Error | null;
}

/** Gathers the resource groups of subscriptions, each with what is in it. */
export function useGroupRows(subscriptions: readonly Subscription[]): GroupRows {
  const ids = useMemo(() => subscriptions.map(({ subscriptionId }) => subscriptionId), [subscriptions]);
  const lists = useResourceGroupsOf(ids);
  const contents = useGroupContents();
  const regionName = useRegionNames(ids);
  const pending = lists.filter(({ isPending, error }) => isPending && !error).length;
  const known = useMemo(() => {
    const key = (subscriptionId: string, name: string): string => `${subscriptionId}/${name}`.toLowerCase();
    const counted = new Map(
      contents.data?.map((content) => [key(content.subscriptionId, content.resourceGroup), content]),
    );
    return subscriptions.flatMap(({ subscriptionId, displayName }, at) =>
      (lists[at]?.data ?? []).map((group): GroupRow => {
        const content = counted.get(key(subscriptionId, group.name));
        return {
          group,
          subscriptionId,
          subscription: displayName,
          region: regionName(subscriptionId, group.location),
          resources: contents.data && (content?.resources ?? 0),
          clusters: content?.clusters ?? [],
        };
      }),
    );
  }, [subscriptions, contents.data, regionName, lists]);
  return {
    rows: lists.some(({ data }) => data !== undefined) ? known : undefined,
    pending,
    unread: lists.flatMap(({ error, dataUpdatedAt }, at) => {
      const subscription = subscriptions[at];
      return error && subscription ? [{ subscription, problem: error, readAt: dataUpdatedAt }] : [];
    }),
    countProblem: contents.error,
  };
}
