import type { JsonObject } from '@slipway/arm-template';
import type { Clock } from '../clock.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import { inSubscription } from '../resources/call-reading.ts';
import type { Store } from '../store/store.ts';
import { describeEvent } from './activity-description.ts';
import { badRequest, readActivityFilter } from './activity-filter.ts';

const eventsPerPage = 200;
const skipToken = '$skiptoken';

/** The activity log of a subscription, newest event first. Source: the Monitor API, `ActivityLogs_List`. */
export function activityRoutes({ store, clock }: { store: Store; clock: Clock }): ArmRoute[] {
  const list = (call: ArmCall): ArmAnswer => {
    const { searchParams } = call.url;
    const filter = readActivityFilter(searchParams.get('$filter'), clock.now());
    const select = readSelect(searchParams.get('$select'));
    const before = readToken(searchParams.get(skipToken));
    const found = store.activity.find({
      ...filter,
      ...(before === undefined ? {} : { before }),
      limit: eventsPerPage + 1,
    });
    const shown = found.slice(0, eventsPerPage);
    const value = shown.map(({ event }) => select(describeEvent(event)));
    const last = shown.at(-1);
    if (found.length === shown.length || last === undefined) return ok({ value });
    const next = new URL(call.url);
    next.searchParams.set(skipToken, String(last.sequence));
    return ok({ value, nextLink: next.toString() });
  };
  return inSubscription([
    {
      path: '/subscriptions/{subscriptionId}/providers/Microsoft.Insights/eventtypes/management/values',
      methods: { GET: list },
    },
  ]);
}

/** What `$select` leaves of an event: the members that it names, without regard to case. */
function readSelect(text: string | null): (event: JsonObject) => JsonObject {
  const names = new Set((text ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || []));
  if (names.size === 0) return (event) => event;
  return (event) =>
    Object.fromEntries(Object.entries(event).filter(([name]) => names.has(name.toLowerCase())));
}

function readToken(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw badRequest('The $skiptoken is not one of this list.');
}
