import { z } from 'zod';
import { armCall } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { isoTime } from './iso-time.ts';
import { looseText, readItems } from './loose-reading.ts';
import { subscriptionOf } from './send-to-arm.ts';

const localized = z
  .object({ value: looseText })
  .transform(({ value }) => value)
  .catch(undefined);

const eventSchema = z.object({
  correlationId: z.string(),
  operationId: z.string(),
  eventTimestamp: isoTime,
  resourceId: z.string(),
  caller: z.string().catch(''),
  operationName: localized,
  status: localized,
  subStatus: localized,
  httpRequest: z.object({ clientIpAddress: looseText }).optional().catch(undefined),
  properties: z.object({ statusMessage: looseText }).optional().catch(undefined),
});

/** An event of the activity log, as far as it is shown. */
export type ActivityEvent = z.output<typeof eventSchema>;

/** Which events are wanted. */
export interface EventFilter {
  /** A resource group or a resource. */
  scope: string;
  /** ISO 8601. */
  from: string;
  to: string | undefined;
}

/**
 * One page of the activity log of a resource group or of a resource, newest first, as ARM has them.
 *
 * @param skipToken where the page before has ended, by its `next`
 */
export async function readActivityPage(
  arm: Arm,
  { scope, from, to }: EventFilter,
  skipToken: string | undefined,
): Promise<{ events: ActivityEvent[]; next: string | undefined }> {
  const subscriptionId = subscriptionOf(scope);
  const group = /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)$/i.exec(scope)?.[1];
  const isSubscription = /^\/subscriptions\/[^/]+$/i.test(scope);
  const filter = [
    `eventTimestamp ge '${from}'`,
    ...(to === undefined ? [] : [`eventTimestamp le '${to}'`]),
    ...(isSubscription
      ? []
      : [group === undefined ? `resourceUri eq ${quoted(scope)}` : `resourceGroupName eq ${quoted(group)}`]),
  ].join(' and ');
  return armCall(async () => {
    const { monitor } = await arm.clients(subscriptionId);
    // The way on is made here from ARM's token: no address from elsewhere gets ARM's credential.
    const continuationToken =
      skipToken === undefined ? undefined : addressOf(arm, subscriptionId, filter, skipToken);
    const pages = monitor.activityLogs
      .list(filter)
      .byPage(continuationToken === undefined ? {} : { continuationToken });
    const { value, done } = await pages.next();
    if (done === true) return { events: [], next: undefined };
    const next: unknown = 'continuationToken' in value ? value.continuationToken : undefined;
    return {
      events: readItems(eventSchema, value),
      next: typeof next === 'string' ? skipTokenOf(next) : undefined,
    };
  });
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function addressOf(arm: Arm, subscriptionId: string, filter: string, skipToken: string): string {
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Insights/eventtypes/management/values`;
  const url = new URL(path, arm.endpoint);
  url.searchParams.set('api-version', '2015-04-01');
  url.searchParams.set('$filter', filter);
  url.searchParams.set('$skiptoken', skipToken);
  return url.href;
}

function skipTokenOf(nextLink: string): string | undefined {
  const { searchParams } = new URL(nextLink, 'https://localhost');
  return [...searchParams].find(([name]) => name.toLowerCase() === '$skiptoken')?.[1];
}
