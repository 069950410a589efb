import { ArmError } from '../arm-error.ts';

/** What a `$filter` can ask of a listed thing; names are lower case. */
export interface Filterable {
  fields: Readonly<Record<string, string | undefined>>;
  tags: Readonly<Record<string, string>>;
}

type Test = (item: Filterable) => boolean;

/**
 * Reads the part of OData that ARM's lists accept: `eq` and `ne` on fields and tags, `substringof`, `startswith` of the name of
 * a tag, `and`, `or`.
 * An empty filter lets everything through. Throws InvalidFilterInQueryString.
 */
export function parseFilter(filter: string | undefined, fields: readonly string[]): Test {
  if (filter === undefined || filter.trim() === '') return () => true;
  const alternatives = splitOutsideQuotes(filter, 'or').map((part) => {
    const tests = splitOutsideQuotes(part, 'and').map((term) => parseTerm(term.trim(), filter, fields));
    return joinTests(tests);
  });
  return (item) => alternatives.some((test) => test(item));
}

interface Term {
  field: string;
  negated: boolean;
  value: string;
  match: 'whole' | 'part' | 'start';
}

function parseTerm(term: string, filter: string, fields: readonly string[]): Term {
  const comparison = /^([\w/]+)\s+(eq|ne)\s+'((?:[^']|'')*)'$/i.exec(term);
  const substring = /^substringof\(\s*'((?:[^']|'')*)'\s*,\s*(\w+)\s*\)$/i.exec(term);
  const start = /^startswith\(\s*(tagName)\s*,\s*'((?:[^']|'')*)'\s*\)$/i.exec(term);
  const field = (comparison?.[1] ?? substring?.[2] ?? start?.[1] ?? '').toLowerCase();
  if (!fields.includes(field))
    throw new ArmError(
      400,
      'InvalidFilterInQueryString',
      `Invalid $filter '${filter}' specified in the query string. It can compare ${fields.join(', ')} with 'eq' or 'ne', joined by 'and' or 'or'.`,
    );
  return {
    field,
    negated: comparison?.[2]?.toLowerCase() === 'ne',
    value: (comparison?.[3] ?? substring?.[1] ?? start?.[2] ?? '').replaceAll("''", "'").toLowerCase(),
    match: substring !== null ? 'part' : start !== null ? 'start' : 'whole',
  };
}

function joinTests(terms: readonly Term[]): Test {
  const tagName = terms.find((term) => term.field === 'tagname');
  return (item) => terms.every((term) => holds(term, item, tagName?.value));
}

function holds(term: Term, item: Filterable, tagName: string | undefined): boolean {
  const matches = (value: string): boolean => {
    const text = value.toLowerCase();
    if (term.match === 'part') return text.includes(term.value);
    return term.match === 'start' ? text.startsWith(term.value) : text === term.value;
  };
  const tags = Object.entries(item.tags);
  let found: boolean;
  if (term.field === 'tagname') found = tags.some(([name]) => matches(name));
  else if (term.field === 'tagvalue')
    found = tags.some(
      ([name, value]) => (tagName === undefined || name.toLowerCase() === tagName) && matches(value),
    );
  else found = matches(item.fields[term.field] ?? '');
  return found !== term.negated;
}

function splitOutsideQuotes(text: string, word: 'and' | 'or'): string[] {
  const parts: string[] = [''];
  const pieces = text.split(/('(?:[^']|'')*')/);
  for (const [index, piece] of pieces.entries()) {
    const split = index % 2 === 1 ? [piece] : piece.split(new RegExp(`\\s${word}\\s`, 'i'));
    parts.push(`${parts.pop() ?? ''}${split[0] ?? ''}`, ...split.slice(1));
  }
  return parts;
}
