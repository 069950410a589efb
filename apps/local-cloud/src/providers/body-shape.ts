import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import { isJsonObject } from './json-reading.ts';

/**
 * What kind of value stands at each place of a body, as far as a provider reads it: a word for a plain value, an object
 * of shapes for an object, a list of one shape for an array. Members that are not named are let pass.
 */
export type BodyShape = 'text' | 'number' | 'boolean' | 'object' | readonly [BodyShape] | ObjectShape;

/** Shapes by member name. */
export interface ObjectShape {
  readonly [member: string]: BodyShape;
}

/** A reference to another resource: `{ id }`. */
export const reference = { id: 'text' } as const;

/**
 * Reads a body as Azure's deserializer does: a number where text belongs becomes text (`destinationPortRange: 22`), a value
 * of another kind than its place has is refused. Null counts as absent, and numbers and truth values may be written as
 * text. `mayHoldExpressions` is for planned bodies, in which any place can still hold an expression of the template.
 * Throws InvalidRequestContent with the path of the first wrong value.
 */
export function readShaped(
  value: JsonValue,
  shape: BodyShape,
  mayHoldExpressions: boolean,
  path = '',
): JsonValue {
  if (value === null) return value;
  if (mayHoldExpressions && typeof value === 'string' && value.startsWith('[')) return value;
  if (shape === 'text' && (typeof value === 'number' || typeof value === 'bigint')) return String(value);
  if (typeof shape === 'string') {
    if (!isOfKind(value, shape)) throw wrongKind(path, shape);
    return value;
  }
  if (isListShape(shape)) {
    if (!Array.isArray(value)) throw wrongKind(path, 'array');
    return value.map((item, index) => {
      if (item === null) throw wrongKind(`${path}[${index}]`, kindOf(shape[0]));
      return readShaped(item, shape[0], mayHoldExpressions, `${path}[${index}]`);
    });
  }
  return readMembers(value, shape, mayHoldExpressions, path);
}

/** The members of an object, each read by its shape; those without one stay as they are. */
export function readMembers(
  value: JsonValue,
  shape: ObjectShape,
  mayHoldExpressions: boolean,
  path = '',
): JsonObject {
  if (!isJsonObject(value)) throw wrongKind(path, 'object');
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const expected = memberShape(shape, name);
      const memberPath = path === '' ? name : `${path}.${name}`;
      return [
        name,
        expected === undefined ? member : readShaped(member, expected, mayHoldExpressions, memberPath),
      ];
    }),
  );
}

type PlainKind = Extract<BodyShape, string>;

function isListShape(shape: BodyShape): shape is readonly [BodyShape] {
  return Array.isArray(shape);
}

function kindOf(shape: BodyShape): PlainKind | 'array' {
  return typeof shape === 'string' ? shape : isListShape(shape) ? 'array' : 'object';
}

/** Members are matched without regard to case, as they are read. */
function memberShape(shape: ObjectShape, name: string): BodyShape | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(shape).find(([member]) => member.toLowerCase() === wanted)?.[1];
}

function isOfKind(value: JsonValue, kind: PlainKind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return (
        typeof value === 'number' ||
        typeof value === 'bigint' ||
        (typeof value === 'string' && /^-?\d+$/.test(value))
      );
    case 'boolean':
      return typeof value === 'boolean' || (typeof value === 'string' && /^(?:true|false)$/i.test(value));
    case 'object':
      return isJsonObject(value);
  }
}

const words: Readonly<Record<PlainKind | 'array', string>> = {
  text: 'a string',
  number: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
};

function wrongKind(path: string, kind: PlainKind | 'array'): ArmError {
  return new ArmError(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${path}' must be ${words[kind]}.`,
    { target: path },
  );
}
