import type { DeploymentTemplate } from '@slipway/contract';
import { isSecretMember } from '../arm/secret-members.ts';

const withheldText = '(withheld)';
/** Nothing that ARM takes is nested deeper. */
const mostLevels = 100;

/**
 * A template without the secrets that somebody wrote into it instead of passing them as secure parameters: values of
 * write-only members, and defaults of secure parameters. References stay: they say where a value comes from, not what it
 * is. So the template of who did it right is whole.
 */
export function withoutTemplateSecrets(template: Record<string, unknown>): DeploymentTemplate {
  const withheld: string[] = [];
  const cleaned = clean(template, { path: '', level: 0, withheld });
  return { template: isRecord(cleaned) ? cleaned : {}, withheld };
}

interface Place {
  path: string;
  level: number;
  withheld: string[];
}

function clean(value: unknown, { path, level, withheld }: Place): unknown {
  if (level > mostLevels) return hidden(path, withheld);
  const below = (step: string): Place => ({ path: `${path}${step}`, level: level + 1, withheld });
  if (Array.isArray(value)) return value.map((item: unknown, index) => clean(item, below(`[${index}]`)));
  if (!isRecord(value)) return value;
  const isSecure = typeof value['type'] === 'string' && /^secure(?:string|object)$/i.test(value['type']);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const step = path === '' ? name : `.${name}`;
      const isSecret = isSecretMember(name) || (isSecure && name === 'defaultValue');
      if (isSecret && saysSomething(member)) return [name, hidden(`${path}${step}`, withheld)];
      return [name, clean(member, below(step))];
    }),
  );
}

function hidden(path: string, withheld: string[]): string {
  withheld.push(path);
  return withheldText;
}

/** Whether a value has a text or number of its own in it, beside references to others. */
function saysSomething(value: unknown): boolean {
  if (typeof value === 'string') return value !== '' && !isReference(value);
  if (Array.isArray(value)) return value.some(saysSomething);
  if (isRecord(value)) return Object.values(value).some(saysSomething);
  return typeof value === 'number';
}

/** An expression that takes its value from somewhere; one that only wraps a text is no better than the text. */
const isReference = (text: string): boolean =>
  /^\[(?!\[)[\s\S]*\b(?:parameters|variables|reference|list\w*)\s*\(/i.test(text);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
