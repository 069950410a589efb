import type { ActivityOperation } from '@slipway/contract';
import { z } from 'zod';
import type { ActivityEvent } from '../arm/activity-log.ts';
import { toArmError } from '../arm/arm-error.ts';

/**
 * Folds events to what was asked for: ARM notes a beginning and an end of the same thing. Newest first.
 *
 * @param events newest first
 */
export function foldEvents(events: readonly ActivityEvent[]): ActivityOperation[] {
  const folded = new Map<string, ActivityEvent[]>();
  for (const event of events) {
    const { correlationId, operationId, resourceId, operationName = '' } = event;
    const key = `${correlationId} ${operationId} ${operationName} ${resourceId}`.toLowerCase();
    const known = folded.get(key);
    if (known) known.push(event);
    else folded.set(key, [event]);
  }
  return [...folded.values()].map(asOperation);
}

function asOperation(events: readonly ActivityEvent[]): ActivityOperation {
  const last = events[0];
  const first = events.at(-1);
  if (!last || !first) throw new Error('An operation has at least one event.');
  const end = events.find(({ status }) => status !== undefined && /^(?:Succeeded|Failed)$/i.test(status));
  const error = errorOf(events);
  const address = events.find(({ httpRequest }) => httpRequest?.clientIpAddress)?.httpRequest
    ?.clientIpAddress;
  const httpStatus = first.subStatus;
  return {
    correlationId: last.correlationId,
    operationId: last.operationId,
    operation: last.operationName ?? '',
    resourceId: last.resourceId,
    status: end === undefined ? 'Underway' : /^failed$/i.test(end.status ?? '') ? 'Failed' : 'Succeeded',
    caller: last.caller,
    startedAt: first.eventTimestamp,
    ...(end === undefined ? {} : { endedAt: end.eventTimestamp }),
    ...(httpStatus === undefined || httpStatus === '' ? {} : { httpStatus }),
    ...(address === undefined ? {} : { clientIpAddress: address }),
    ...(error === undefined ? {} : { error }),
  };
}

const messageSchema = z.object({ error: z.unknown() });

function errorOf(events: readonly ActivityEvent[]): ActivityOperation['error'] {
  for (const { properties } of events) {
    try {
      const message = messageSchema.safeParse(JSON.parse(properties?.statusMessage ?? ''));
      const error = message.success ? toArmError(message.data.error) : undefined;
      if (error) return error;
    } catch {
      // A message that is no JSON, or none at all.
    }
  }
  return undefined;
}
