import {
  type ApiErrorBody,
  type ApiErrorCode,
  type ArmErrorBody,
  type FieldError,
  apiErrors,
} from '@slipway/contract';

/** An error that the API answers in its own form; where nothing else is said, the code decides status and remedy (`apiErrors` of the contract). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number;
  /** What to do about it. */
  readonly remedy: string;
  readonly fields: readonly FieldError[];
  readonly arm: ArmErrorBody | undefined;
  /** How long to wait before the same is asked again, where ARM says so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ApiErrorCode,
    message: string,
    more: {
      fields?: readonly FieldError[];
      arm?: ArmErrorBody | undefined;
      status?: number;
      /** Where more is known of what to do than the code says. */
      remedy?: string | undefined;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.status = more.status ?? apiErrors[code].status;
    this.remedy = more.remedy ?? apiErrors[code].remedy;
    this.fields = more.fields ?? [];
    this.arm = more.arm;
    this.retryAfterMs = more.retryAfterMs;
  }
}

/** Any thrown value as an Error. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

/** The `error` member of an answer: what the contract's `apiErrorSchema` describes. */
export function errorBody(error: ApiError, correlationId: string): ApiErrorBody['error'] {
  return {
    code: error.code,
    message: error.message,
    remedy: error.remedy,
    correlationId,
    ...(error.fields.length > 0 ? { fields: [...error.fields] } : {}),
    ...(error.arm ? { arm: error.arm } : {}),
  };
}
