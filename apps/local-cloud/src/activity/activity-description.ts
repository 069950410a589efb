import type { JsonObject } from '@slipway/arm-template';
import { writeJson } from '../json-text.ts';
import { subscriptionId, tenantId } from '../resources/places.ts';
import { statusWord } from '../status-word.ts';
import type { ActivityEvent } from '../store/documents.ts';

/** .NET counts time in steps of 100 ns from the first day of the year 1. */
const ticksPerMs = 10_000n;
const ticksAtEpoch = 621_355_968_000_000_000n;

/** An event as Azure Monitor returns it. Source: Microsoft's "Azure Activity Log event schema", Administrative category. */
export function describeEvent(event: ActivityEvent): JsonObject {
  const { id, time, operationName, resourceId, resourceType, resourceGroup, caller, httpStatus, error } =
    event;
  const ticks = BigInt(Date.parse(time)) * ticksPerMs + ticksAtEpoch;
  const statusCode = httpStatus === undefined ? '' : statusWord(httpStatus);
  return {
    authorization: { action: operationName, scope: resourceId },
    caller,
    channels: 'Operation',
    claims: { appid: caller, 'http://schemas.microsoft.com/identity/claims/tenantid': tenantId },
    correlationId: event.correlationId,
    description: '',
    eventDataId: id,
    eventName: { value: 'EndRequest', localizedValue: 'End request' },
    category: same('Administrative'),
    eventTimestamp: time,
    id: `${resourceId}/events/${id}/ticks/${ticks}`,
    level: event.level,
    operationId: event.operationId,
    operationName: same(operationName),
    ...(resourceGroup === undefined ? {} : { resourceGroupName: resourceGroup }),
    resourceProviderName: same(resourceType.split('/')[0] ?? ''),
    resourceType: same(resourceType),
    resourceId,
    status: same(event.status),
    subStatus: {
      value: statusCode,
      localizedValue: httpStatus === undefined ? '' : `${statusCode} (HTTP Status Code: ${httpStatus})`,
    },
    submissionTimestamp: time,
    subscriptionId,
    tenantId,
    ...(event.httpRequest === undefined ? {} : { httpRequest: { ...event.httpRequest } }),
    properties: {
      ...(statusCode === '' ? {} : { statusCode }),
      eventCategory: 'Administrative',
      entity: resourceId,
      message: operationName,
      ...(error === undefined ? {} : { statusMessage: writeJson({ error }) }),
    },
  };
}

const same = (value: string): JsonObject => ({ value, localizedValue: value });
