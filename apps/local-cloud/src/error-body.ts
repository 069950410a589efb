import type { JsonValue } from '@slipway/arm-template';
import { TemplateError } from '@slipway/arm-template';
import { ArmError } from './arm-error.ts';

/** An error as ARM writes it. */
export interface ErrorBody {
  code: string;
  message: string;
  target?: string;
  details?: ErrorBody[];
  additionalInfo?: { type: string; info: JsonValue }[];
}

/** No message says more than this; what is longer repeats what was sent. */
const longestMessage = 8_000;

export function errorBody(error: ArmError): ErrorBody {
  const { message } = error;
  return {
    code: error.code,
    message: message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message,
    ...(error.target === undefined ? {} : { target: error.target }),
    ...(error.details.length === 0 ? {} : { details: error.details.map(errorBody) }),
    ...(error.additionalInfo.length === 0 ? {} : { additionalInfo: [...error.additionalInfo] }),
  };
}

/** An error of the template language as Azure answers it: with its place in the template. */
export function templateErrorToArm(error: TemplateError): ArmError {
  const { line = 0, column = 0, path = '' } = error.position;
  return new ArmError(400, error.code, error.message, {
    additionalInfo: [{ type: 'TemplateViolation', info: { lineNumber: line, linePosition: column, path } }],
  });
}

/**
 * Like `asArmError`, for work that no request waits for: a fault of our own is reported as a warning of the process and
 * becomes an InternalServerError, so that the work ends as failed instead of taking the process along.
 */
export function asFailure(error: unknown): ArmError {
  try {
    return asArmError(error);
  } catch {
    process.emitWarning(
      error instanceof Error ? (error.stack ?? error.message) : String(error),
      'UnforeseenFault',
    );
    return new ArmError(
      500,
      'InternalServerError',
      'Encountered internal server error; the log of the local cloud says more.',
    );
  }
}

/** Turns what a handler or the template language threw into an ArmError; anything else is thrown on. */
export function asArmError(error: unknown): ArmError {
  if (error instanceof ArmError) return error;
  if (error instanceof TemplateError) return templateErrorToArm(error);
  throw error;
}
