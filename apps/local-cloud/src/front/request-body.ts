import { parseTolerantJson, TemplateError, type JsonValue } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';

/** Reads a request's body the way Azure does: comments, unquoted keys and the like are let pass. */
export function readRequestBody(raw: unknown): JsonValue | undefined {
  if (!Buffer.isBuffer(raw) || raw.length === 0) return undefined;
  const text = decodeUtf8(raw);
  if (text.trim() === '') return undefined;
  try {
    return parseTolerantJson(text);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new ArmError(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: '${error.message}'.`,
    );
  }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ArmError(
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized: it is not UTF-8.',
    );
  }
}
