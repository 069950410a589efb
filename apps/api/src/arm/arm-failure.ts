import { type ArmErrorBody, armErrorSchema } from '@slipway/contract';
import { type PipelinePolicy, isRestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';

/** ARM's refusal of a request: the HTTP status and the error as ARM worded it. */
export class ArmFailure extends Error {
  override readonly name = 'ArmFailure';
  readonly status: number;
  readonly body: ArmErrorBody;

  constructor(status: number, body: ArmErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** A problem on the way to a token: no credential, or one that was refused. */
export class CredentialFailure extends Error {
  override readonly name = 'CredentialFailure';
}

const looseArmErrorSchema: z.ZodType<ArmErrorBody> = z.lazy(() =>
  z
    .object({
      code: z.string().nullish(),
      message: z.string().nullish(),
      target: z.string().nullish(),
      details: z.array(looseArmErrorSchema).nullish(),
    })
    .transform(({ code, message, target, details }) => ({
      code: code ?? 'Unknown',
      message: message ?? '',
      ...(target ? { target } : {}),
      ...(details && details.length > 0 ? { details } : {}),
    })),
);

/**
 * ARM's error object, whatever it came from (an answer's `error`, a deployment's `properties.error`), as the contract
 * has it: code, message, target and nested details are kept, everything else is left out. `undefined` for no error.
 */
export function toArmError(value: unknown): ArmErrorBody | undefined {
  const parsed = looseArmErrorSchema.safeParse(value);
  if (
    !parsed.success ||
    (parsed.data.code === 'Unknown' && parsed.data.message === '' && !parsed.data.details)
  )
    return undefined;
  return armErrorSchema.parse(parsed.data);
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
      throw new ArmFailure(response.status, bodyOfAnswer(response.status, response.bodyAsText));
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
const passedStatuses = new Set([400, 403, 404, 409, 412, 413, 429]);

/** What a failed call of ARM means to the API's caller; errors of other origin come back as they are. */
export function explainArmFailure(thrown: unknown): unknown {
  if (thrown instanceof ArmFailure)
    return new ApiError('ArmError', thrown.message, {
      status: passedStatuses.has(thrown.status) ? thrown.status : 502,
      arm: thrown.body,
      cause: thrown,
    });
  if (thrown instanceof CredentialFailure)
    return new ApiError('CredentialUnavailable', thrown.message, { cause: thrown });
  if (!(thrown instanceof Error)) return thrown;
  if (credentialErrors.has(thrown.name))
    return new ApiError('CredentialUnavailable', 'No credential for Azure was found.', { cause: thrown });
  // The SDKs bring several copies of RestError's class: the code tells, too.
  if (isRestError(thrown) || 'code' in thrown) {
    const code = 'code' in thrown ? String(thrown.code) : '';
    if (code === 'REQUEST_SEND_ERROR' || code === 'PARSE_ERROR' || networkErrors.test(code))
      return new ApiError('CloudUnreachable', `Azure Resource Manager cannot be reached: ${thrown.message}`, {
        cause: thrown,
      });
  }
  if (thrown.name === 'AbortError')
    return new ApiError('CloudUnreachable', 'Azure Resource Manager did not answer in time.', {
      cause: thrown,
    });
  return thrown;
}

const networkErrors =
  /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENET|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|CERT_)/;

/** Runs a call of ARM; what it throws is explained (see `explainArmFailure`). */
export async function armCall<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (thrown) {
    throw explainArmFailure(thrown);
  }
}

/** ARM's error behind a failed `armCall`, if ARM refused the request. */
export function armFailureOf(thrown: unknown): ArmFailure | undefined {
  if (thrown instanceof ArmFailure) return thrown;
  return thrown instanceof ApiError && thrown.cause instanceof ArmFailure ? thrown.cause : undefined;
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
