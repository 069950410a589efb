import type { ArmErrorBody } from '@slipway/contract';

/** Nobody reads deeper, and a screen holds no more. ARM itself nests four or five levels. */
const mostLevels = 12;
const mostErrors = 400;
const longestText = 8_000;

/**
 * ARM's error object, whatever it came from (an answer's `error`, a deployment's `properties.error`), as the contract
 * has it: code, message, target and nested details are kept, everything else is left out. What is nested too deep or
 * too long is cut off. `undefined` for no error.
 */
export function toArmError(value: unknown): ArmErrorBody | undefined {
  return readError(value, mostLevels, { left: mostErrors });
}

function readError(value: unknown, levels: number, errors: { left: number }): ArmErrorBody | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || errors.left === 0)
    return undefined;
  errors.left -= 1;
  const code = textOf(value, 'code');
  const message = textOf(value, 'message');
  const target = textOf(value, 'target');
  const listed: unknown = 'details' in value ? value.details : undefined;
  const details: ArmErrorBody[] = [];
  if (Array.isArray(listed) && levels > 1)
    for (const item of listed as unknown[]) {
      const detail = readError(item, levels - 1, errors);
      if (detail) details.push(detail);
      if (errors.left === 0) break;
    }
  if (code === undefined && message === undefined && details.length === 0) return undefined;
  return {
    code: code ?? 'Unknown',
    message: message ?? '',
    ...(target === undefined ? {} : { target }),
    ...(details.length === 0 ? {} : { details }),
  };
}

function textOf(value: object, name: string): string | undefined {
  const member: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  if (typeof member !== 'string' || member === '') return undefined;
  return member.length > longestText ? `${member.slice(0, longestText)}…` : member;
}
