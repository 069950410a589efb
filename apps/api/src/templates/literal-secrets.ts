import { isSecretMember } from '../arm/secret-members.ts';

/** A template without the secrets that are written out in it, and where they were. */
export interface TemplateWithoutSecrets {
  template: Record<string, unknown>;
  /** Paths from the template inwards, as in `resources[3].properties.osProfile.adminPassword`. */
  leftOut: string[];
}

/** Nothing is nested deeper by hand, and ARM refuses what is. */
const mostLevels = 60;

/**
 * A template as it may be shown: write-only members keep the expressions that say where a value comes from, and lose values
 * that are written out; so do the defaults of secure parameters.
 */
export function withoutLiteralSecrets(template: Record<string, unknown>): TemplateWithoutSecrets {
  const leftOut: string[] = [];
  const kept = keepMembers(template, { path: '', isSecret: false, level: 0 }, leftOut);
  return { template: kept, leftOut };
}

interface Place {
  path: string;
  isSecret: boolean;
  level: number;
}

function keep(value: unknown, place: Place, leftOut: string[]): unknown {
  if (place.level > mostLevels) return leaveOut(place, leftOut);
  if (Array.isArray(value))
    return value
      .map((item, index) => keep(item, inner(place, `${place.path}[${index}]`), leftOut))
      .filter((item) => item !== undefined);
  if (typeof value === 'object' && value !== null) return keepMembers({ ...value }, place, leftOut);
  return place.isSecret && !isExpression(value) ? leaveOut(place, leftOut) : value;
}

function keepMembers(
  members: Record<string, unknown>,
  place: Place,
  leftOut: string[],
): Record<string, unknown> {
  const isSecureParameter = /^secure(?:string|object)$/i.test(String(members['type']));
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => {
      const path = place.path === '' ? name : `${place.path}.${name}`;
      const isSecret =
        place.isSecret ||
        isSecretMember(name) ||
        (isSecureParameter && (name === 'defaultValue' || name === 'value'));
      const kept = keep(value, { ...inner(place, path), isSecret }, leftOut);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

const inner = ({ isSecret, level }: Place, path: string): Place => ({ path, isSecret, level: level + 1 });

function leaveOut({ path }: Place, leftOut: string[]): undefined {
  leftOut.push(path);
  return undefined;
}

/** A text that begins with two brackets is one that begins with a bracket. */
const isExpression = (value: unknown): boolean =>
  typeof value === 'string' && /^\[(?!\[)[\s\S]*\]$/.test(value);
