import type { ArmErrorBody } from '@slipway/contract';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { isRestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { toArmError } from './arm-error.ts';
import { isPassingFault, wasNeverSent } from './retries.ts';
import { retryAfterMs } from './retry-after.ts';
import { ArmTimeout } from './time-limits.ts';

/** ARM's refusal of a request: the HTTP status and the error as ARM worded it. */
export class ArmFailure extends Error {
  override readonly name = 'ArmFailure';
  readonly status: number;
  readonly body: ArmErrorBody;
  /** How long ARM asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, body: ArmErrorBody, waitMs?: number) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.retryAfterMs = waitMs;
  }
}

/** A problem on the way to a token: no credential, or one that was refused. */
export class CredentialFailure extends Error {
  override readonly name = 'CredentialFailure';
}

function bodyOfAnswer(status: number, text: string | null | undefined): ArmErrorBody {
  try {
    const json: unknown = JSON.parse(text ?? '');
    const envelope = z.object({ error: z.unknown() }).safeParse(json);
    const error = toArmError(envelope.success ? envelope.data.error : json);
    if (error) return error;
  } catch {
    // An answer without JSON, for example from a proxy: only its status says anything.
  }
  return { code: `Http${status}`, message: `Azure Resource Manager answered with the status ${status}.` };
}

/**
 * Turns every refusal into an `ArmFailure` that carries ARM's own words. The generated clients model error bodies
 * differently from one another and lose members; here, before they see the answer, nothing is lost.
 */
export const armFailurePolicy: PipelinePolicy = {
  name: 'slipwayArmFailurePolicy',
  sendRequest: async (request, next) => {
    const response = await next(request);
    if (response.status >= 400)
      throw new ArmFailure(
        response.status,
        bodyOfAnswer(response.status, response.bodyAsText),
        retryAfterMs(response),
      );
    return response;
  },
};

const credentialErrors = new Set([
  'CredentialUnavailableError',
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
]);

/** Statuses of ARM that mean the same to the API's caller; everything else of ARM's is a bad gateway. */
const passedStatuses = new Set([400, 403, 404, 409, 412, 413]);

/** What a failed call of ARM means to the API's caller; errors of other origin come back as they are. */
export function explainArmFailure(thrown: unknown): unknown {
  if (thrown instanceof ArmFailure) return explainRefusal(thrown);
  if (thrown instanceof CredentialFailure)
    return new ApiError('CredentialUnavailable', thrown.message, { cause: thrown });
  if (thrown instanceof ArmTimeout) return new ApiError('CloudTimeout', thrown.message, { cause: thrown });
  if (!(thrown instanceof Error) || thrown instanceof ApiError) return thrown;
  if (credentialErrors.has(thrown.name))
    return new ApiError('CredentialUnavailable', 'No credential for Azure was found.', { cause: thrown });
  // The SDKs bring several copies of RestError's class: the code tells, too.
  if (isRestError(thrown) || 'code' in thrown) {
    const code = 'code' in thrown ? String(thrown.code) : '';
    if (code === 'REQUEST_SEND_ERROR' || networkErrors.test(code))
      return new ApiError('CloudUnreachable', `Azure Resource Manager cannot be reached: ${thrown.message}`, {
        cause: thrown,
      });
  }
  if (thrown.name === 'AbortError')
    return new ApiError('CloudTimeout', 'Azure Resource Manager did not come to an end in time.', {
      cause: thrown,
    });
  return thrown;
}

const networkErrors =
  /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|ESOCKETTIMEDOUT|EPIPE|EPROTO|EHOST|ENET|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|CERT_)/;

function explainRefusal(failure: ArmFailure): ApiError {
  const { status, body } = failure;
  const more = { arm: body, cause: failure, retryAfterMs: failure.retryAfterMs };
  const words = body.message.trim();
  const said = words === '' ? body.code : `${words.replace(/\.$/, '')} (${body.code})`;
  if (status === 429)
    return new ApiError(
      'TooManyRequests',
      `Azure Resource Manager takes no more requests for the moment: ${said}. ${whenAgain(failure.retryAfterMs)}`,
      more,
    );
  if (status === 401)
    return new ApiError(
      'CredentialUnavailable',
      `Azure Resource Manager does not accept the portal's credential: ${said}.`,
      more,
    );
  if (isPassingFault(status))
    return new ApiError(
      'ArmError',
      `Azure Resource Manager met a fault of its own, also when it was asked again: ${said}.`,
      { ...more, remedy: 'There is nothing to correct: try again in a few minutes.' },
    );
  // A single word tells a person nothing of whose it is.
  const isSentence = /\S \S/.test(words);
  return new ApiError('ArmError', isSentence ? body.message : `Azure Resource Manager answered: ${said}.`, {
    ...more,
    status: passedStatuses.has(status) ? status : 502,
    remedy: remedyOf(status, body.code),
  });
}

/** What to do about a refusal where correcting what was asked for does not help. */
function remedyOf(status: number, code: string): string | undefined {
  if (code === 'ScopeLocked') return 'Remove the lock first, then try again.';
  if (status === 403)
    return 'Ask whoever manages the subscription to give the portal’s identity the rights, then try again.';
  return undefined;
}

function whenAgain(waitMs: number | undefined): string {
  if (waitMs === undefined) return 'Try again in a minute.';
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const at = new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19);
  const span =
    seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `Try again in ${span}, at ${at} UTC.`;
}

/**
 * Runs a call of ARM; what it throws is explained (see `explainArmFailure`). An answer that the SDK or a schema cannot
 * read is ARM's fault, not the program's: it is named as such.
 */
export async function armCall<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (thrown) {
    const explained = explainArmFailure(thrown);
    throw explained instanceof ApiError ? explained : unreadable(thrown);
  }
}

function unreadable(thrown: unknown): ApiError {
  const issue = thrown instanceof z.ZodError ? thrown.issues[0] : undefined;
  const where = issue ? ` at ${issue.path.join('.') || 'its start'}` : '';
  return new ApiError('ArmError', `Azure Resource Manager gave an answer that cannot be read${where}.`, {
    cause: thrown,
    remedy: 'Try again in a few minutes; if it stays so, report it.',
  });
}

/** ARM's error behind a failed `armCall`, if ARM refused the request. */
export function armFailureOf(thrown: unknown): ArmFailure | undefined {
  if (thrown instanceof ArmFailure) return thrown;
  if (!(thrown instanceof ApiError)) return undefined;
  return thrown.cause === undefined ? undefined : armFailureOf(thrown.cause);
}

/** Whether a failed `armCall` ran out of time. */
export const isTimeout = (thrown: unknown): boolean =>
  thrown instanceof ApiError && thrown.code === 'CloudTimeout';

/** Whether ARM may have carried out what a failed `armCall` asked for: the answer was lost, late, or a fault. */
export function mayHaveBeenDone(thrown: unknown): boolean {
  if (isTimeout(thrown)) return true;
  const failure = armFailureOf(thrown);
  if (failure) return isPassingFault(failure.status);
  if (!(thrown instanceof ApiError)) return false;
  const { code, cause } = thrown;
  return code === 'CloudUnreachable' && !wasNeverSent(cause);
}

/** Runs a call of ARM; `undefined` where ARM answers 404. */
export async function unlessMissing<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await armCall(call);
  } catch (thrown) {
    if (armFailureOf(thrown)?.status === 404) return undefined;
    throw thrown;
  }
}
