import { ArmError } from '../arm-error.ts';
import type { ActivityQuery } from '../store/activity-table.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** So long events can be read. Source: Microsoft's "Azure activity log", retention. */
export const activityDays = 90;

/** A client that asks for everything that is kept does so a moment before it is read. */
const startToleranceMs = hourMs;

type Filter = Omit<ActivityQuery, 'before' | 'limit'>;

const texts: Readonly<
  Record<string, 'correlationId' | 'resourceGroup' | 'resourceId' | 'provider' | 'caller' | 'status'>
> = {
  correlationid: 'correlationId',
  resourcegroupname: 'resourceGroup',
  resourceuri: 'resourceId',
  resourceid: 'resourceId',
  resourceprovider: 'provider',
  caller: 'caller',
  status: 'status',
};

/**
 * Reads the `$filter` of the activity log: `eventTimestamp ge` is required, everything else narrows it. Values may stand
 * without quotes, as the Azure CLI sends times. `eventChannels` is looked at by no one: all events here are of the channel
 * `Operation`. Source: the description of `ActivityLogs_List`.
 */
export function readActivityFilter(filter: string | null, now: Date): Filter {
  if (filter === null || filter.trim() === '')
    throw badRequest('The $filter query parameter is required, with at least eventTimestamp ge.');
  let from: number | undefined;
  let to: number | undefined;
  const narrowed: Partial<Filter> = {};
  for (const { field, operator, value } of readTerms(filter)) {
    const text = texts[field];
    if (field === 'eventtimestamp' && operator === 'ge') from = readTime(value);
    else if (field === 'eventtimestamp' && operator === 'le') to = readTime(value);
    else if (operator !== 'eq') throw notSupported(`${field} ${operator}`);
    else if (text !== undefined) narrowed[text] = value;
    else if (field === 'levels') narrowed.levels = value.split(',').map((level) => level.trim());
    else if (field !== 'eventchannels') throw notSupported(field);
  }
  if (from === undefined) throw badRequest('The $filter must have a start: eventTimestamp ge.');
  if (from < now.getTime() - activityDays * dayMs - startToleranceMs)
    throw badRequest(`The start time cannot be more than ${activityDays} days in the past.`);
  // Events come one after the other, so that in a rush the newest are a moment ahead.
  const latest = Math.min(to ?? Infinity, now.getTime() + dayMs);
  if (latest < from) throw badRequest('The end time cannot be earlier than the start time.');
  return { ...narrowed, from: new Date(from).toISOString(), to: new Date(latest).toISOString() };
}

interface Term {
  field: string;
  operator: string;
  value: string;
}

function readTerms(filter: string): Term[] {
  const terms: Term[] = [];
  let rest = filter.trim();
  for (;;) {
    const match = /^(\w+)\s+(eq|ge|le)\s+(?:'((?:[^']|'')*)'|([^\s']+))(?:\s+and\s+(?=\S)|$)/i.exec(rest);
    if (!match) throw badRequest(`The $filter cannot be read from '${rest.slice(0, 80)}' on.`);
    const [whole, field = '', operator = '', quoted, bare = ''] = match;
    terms.push({
      field: field.toLowerCase(),
      operator: operator.toLowerCase(),
      value: quoted?.replaceAll("''", "'") ?? bare,
    });
    if (whole.length === rest.length) return terms;
    rest = rest.slice(whole.length);
  }
}

function readTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw badRequest(`The time '${text.slice(0, 80)}' in the $filter cannot be read.`);
  return time;
}

const notSupported = (what: string): ArmError =>
  badRequest(
    `The $filter cannot have '${what.slice(0, 80)}'. It can have eventTimestamp ge, eventTimestamp le, and resourceGroupName, resourceUri, resourceId, resourceProvider, correlationId, caller, status and levels with eq, joined by and.`,
  );

/** The code with which Azure Monitor refuses what it cannot read. */
export function badRequest(message: string): ArmError {
  return new ArmError(400, 'BadRequest', message);
}
