import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { ErrorBody } from '../error-body.ts';
import type { ArmAnswer, ArmCall } from '../front/arm-call.ts';
import type { Pace } from '../machines/pace.ts';

/**
 * After how many seconds a client should ask again. The SDKs for JavaScript take 0 for "as you like" and fall back on
 * their own interval; the ones for Python wait half a minute then, so only the pace made for tests gets it.
 */
export function retryAfterSeconds(pace: Pace): number {
  return pace === 'instant' ? 0 : 1;
}

/** Something that takes time, as its status address shows it. */
export interface LongOperation {
  id: string;
  /** Azure's word for the state: `InProgress`, `Running`, `Succeeded`, `Failed`, `Canceled`, … */
  status: string;
  startedAt: string;
  finishedAt?: string | undefined;
  error?: ErrorBody | undefined;
}

/** The addresses of a long operation, to be sent with the answer that accepts it. */
export function operationHeaders(
  call: Pick<ArmCall, 'origin' | 'apiVersion'>,
  pace: Pace,
  paths: { status?: string; result?: string },
): Record<string, string> {
  const address = (path: string): string =>
    `${call.origin}${path.split('/').map(encodeURIComponent).join('/')}?api-version=${encodeURIComponent(call.apiVersion)}`;
  return {
    ...(paths.status === undefined ? {} : { 'azure-asyncoperation': address(paths.status) }),
    ...(paths.result === undefined ? {} : { location: address(paths.result) }),
    'retry-after': String(retryAfterSeconds(pace)),
  };
}

const endStates = new Set(['succeeded', 'failed', 'canceled']);

function hasEnded(operation: LongOperation): boolean {
  return endStates.has(operation.status.toLowerCase());
}

/** What the address in `Azure-AsyncOperation` answers. */
export function answerStatus(operation: LongOperation, call: ArmCall, pace: Pace): ArmAnswer {
  const body: JsonObject = {
    id: call.url.pathname,
    name: operation.id,
    status: operation.status,
    startTime: operation.startedAt,
    ...(operation.finishedAt === undefined ? {} : { endTime: operation.finishedAt }),
    ...(operation.error === undefined ? {} : { error: errorJson(operation.error) }),
  };
  return {
    status: 200,
    body,
    ...(hasEnded(operation) ? {} : { headers: { 'retry-after': String(retryAfterSeconds(pace)) } }),
  };
}

/**
 * What the address in `Location` answers: 202 while it runs, then the error, `result`, or without one `emptyStatus`
 * (the SDKs insist on 200 for resource groups and take 204 elsewhere).
 */
export function answerResult(
  operation: LongOperation,
  call: ArmCall,
  pace: Pace,
  result: JsonObject | undefined,
  emptyStatus: 200 | 204 = 204,
): ArmAnswer {
  if (!hasEnded(operation))
    return {
      status: 202,
      headers: { location: call.url.toString(), 'retry-after': String(retryAfterSeconds(pace)) },
    };
  if (operation.error !== undefined && operation.status.toLowerCase() !== 'succeeded')
    return { status: 409, body: { error: errorJson(operation.error) } };
  return result === undefined ? { status: emptyStatus } : { status: 200, body: result };
}

export function operationNotFound(id: string): ArmError {
  return new ArmError(
    404,
    'OperationNotFound',
    `There is no operation '${id.slice(0, 80)}', or it ended long ago.`,
  );
}

/** An error as a JSON value. */
export function errorJson(error: ErrorBody): JsonObject {
  const { details, additionalInfo, target, code, message } = error;
  return {
    code,
    message,
    ...(target === undefined ? {} : { target }),
    ...(details === undefined ? {} : { details: details.map(errorJson) }),
    ...(additionalInfo === undefined ? {} : { additionalInfo }),
  };
}
