import type { JsonValue } from '@slipway/arm-template';

/** An error in ARM's form; the HTTP front answers it as `{ error: { code, message, target, details } }`. */
export class ArmError extends Error {
  override readonly name = 'ArmError';
  readonly status: number;
  readonly code: string;
  readonly target: string | undefined;
  readonly details: readonly ArmError[];
  readonly additionalInfo: readonly { type: string; info: JsonValue }[];

  /** `status` is the HTTP status that Azure answers with this code. */
  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      target?: string | undefined;
      details?: readonly ArmError[];
      additionalInfo?: readonly { type: string; info: JsonValue }[];
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.target = more.target;
    this.details = more.details ?? [];
    this.additionalInfo = more.additionalInfo ?? [];
  }
}
