import { masking, TemplateError, type JsonObject, type JsonValue } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import { templateErrorToArm, type ErrorBody } from '../error-body.ts';
import { isJsonObject } from '../json-text.ts';
import { isWriteOnly } from '../resources/write-only.ts';
import { readKeptRequest } from './kept-request.ts';

/** Shorter texts are in every message by chance. */
const shortestSecret = 6;

/** The texts in the secure parameters of a deployment, given or by default: what no error may repeat. */
export function secretTexts(request: { template: JsonValue; parameters: JsonObject } | undefined): string[] {
  const template = isJsonObject(request?.template) ? request.template : {};
  const { parameters: declared, definitions } = template;
  if (!isJsonObject(declared)) return [];
  const texts = Object.entries(declared)
    .filter(([, parameter]) => isSecure(parameter, isJsonObject(definitions) ? definitions : {}))
    .flatMap(([name, parameter]) => [
      ...textsIn(isJsonObject(parameter) ? parameter.defaultValue : undefined),
      ...Object.entries(request?.parameters ?? {})
        .filter(([given]) => given.toLowerCase() === name.toLowerCase())
        .flatMap(([, given]) => textsIn(given)),
    ]);
  return worthMasking(texts);
}

/** The texts in something that is secret as a whole. */
export const secretsIn = (value: JsonValue | undefined): string[] => worthMasking(textsIn(value));

/** What is secret in the body of a request: members that nobody gets back, and secure parameters. */
export function secretsInBody(body: JsonValue | undefined): string[] {
  const request = isJsonObject(body) ? readKeptRequest(body.properties) : undefined;
  return worthMasking([...writeOnlyTexts(body), ...secretTexts(request)]);
}

function writeOnlyTexts(value: JsonValue | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(writeOnlyTexts);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([member, content]) =>
    isWriteOnly(member) ? textsIn(content) : writeOnlyTexts(content),
  );
}

/** The longest first: one may be a part of another. */
const worthMasking = (texts: readonly string[]): string[] =>
  texts.filter((text) => text.length >= shortestSecret).toSorted((a, b) => b.length - a.length);

/** Whether a type is secure, or anything inside of it or of the definitions that it refers to. */
function isSecure(type: JsonValue, definitions: JsonObject, seen = new Set<string>()): boolean {
  if (Array.isArray(type)) return type.some((item) => isSecure(item, definitions, seen));
  if (!isJsonObject(type)) return false;
  return Object.entries(type).some(([member, value]) => {
    if (member === 'type' && typeof value === 'string') return /^secure/i.test(value);
    if (member !== '$ref' || typeof value !== 'string') return isSecure(value, definitions, seen);
    // It may point inside of a definition: `#/definitions/login/properties/password`.
    const [, , name = ''] = value.split('/');
    if (seen.has(name)) return false;
    seen.add(name);
    return isSecure(definitions[name] ?? null, definitions, seen);
  });
}

function textsIn(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** The value with these texts masked wherever they are in it, also in names of members. */
export function maskTexts(value: JsonValue, secrets: readonly string[]): JsonValue {
  if (secrets.length === 0) return value;
  const mask = masking(secrets);
  const masked = (each: JsonValue): JsonValue => {
    if (typeof each === 'string') return mask(each);
    if (Array.isArray(each)) return each.map(masked);
    if (!isJsonObject(each)) return each;
    return Object.fromEntries(Object.entries(each).map(([name, member]) => [mask(name), masked(member)]));
  };
  return masked(value);
}

/** The error with what it repeats of secrets masked. */
export function maskError(error: ErrorBody, secrets: readonly string[]): ErrorBody {
  return secrets.length === 0 ? error : maskedBody(error, masking(secrets));
}

function maskedBody(error: ErrorBody, mask: (text: string) => string): ErrorBody {
  return {
    ...error,
    message: mask(error.message),
    ...(error.details === undefined
      ? {}
      : { details: error.details.map((detail) => maskedBody(detail, mask)) }),
  };
}

/** Does `work`; what it throws about a deployment does not repeat its secrets. */
export function maskingErrors<T>(request: { template: JsonValue; parameters: JsonObject }, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const refusal = error instanceof TemplateError ? templateErrorToArm(error) : error;
    if (!(refusal instanceof ArmError)) throw error;
    const secrets = secretTexts(request);
    throw secrets.length === 0 ? refusal : maskArmError(refusal, masking(secrets));
  }
}

function maskArmError(error: ArmError, mask: (text: string) => string): ArmError {
  return new ArmError(error.status, error.code, mask(error.message), {
    target: error.target,
    details: error.details.map((detail) => maskArmError(detail, mask)),
    additionalInfo: error.additionalInfo,
  });
}
