import type { ArmResource } from '@slipway/contract';
import { nameInWords } from '@slipway/topology';

/** A simple value among the properties of a resource. */
export interface PropertyRow {
  /** Its place, unique among the rows. */
  path: string;
  label: string;
  value: string | number | boolean | null;
}

/** The simple values of one object among the properties. */
export interface PropertyGroup {
  path: string;
  /** Where the object stands, from the outside inwards; empty for the properties themselves. */
  title: readonly string[];
  rows: readonly PropertyRow[];
}

/** What the head of the page says already, and the list of properties need not say again. */
const saidElsewhere = new Set(['id', 'name', 'type', 'location', 'tags', 'properties']);

/** All properties of a resource as groups of rows: each object that holds simple values is a group. */
export function propertyGroups(resource: ArmResource): PropertyGroup[] {
  const groups: PropertyGroup[] = [];
  addGroups(resource.properties ?? {}, [], '', groups);
  const others = Object.fromEntries(Object.entries(resource).filter(([name]) => !saidElsewhere.has(name)));
  addGroups(others, [], '·', groups);
  return groups;
}

/** The groups with only those rows that have a text in their labels, titles or values. */
export function filteredGroups(groups: readonly PropertyGroup[], text: string): PropertyGroup[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [...groups];
  return groups.flatMap((group) => {
    const isWhole = group.title.join(' ').toLowerCase().includes(wanted);
    const rows = isWhole
      ? group.rows
      : group.rows.filter(({ label, value, path }) =>
          `${label} ${path.split('.').at(-1) ?? ''} ${String(value)}`.toLowerCase().includes(wanted),
        );
    return rows.length === 0 ? [] : [{ ...group, rows }];
  });
}

function addGroups(value: object, title: readonly string[], path: string, groups: PropertyGroup[]): void {
  const rows: PropertyRow[] = [];
  const inner: (() => void)[] = [];
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    const at = `${path}.${name}`;
    const label = Array.isArray(value) ? itemLabel(member, name) : nameInWords(name);
    if (isSimple(member)) rows.push({ path: at, label, value: member });
    else if (isEmpty(member)) rows.push({ path: at, label, value: null });
    else if (Array.isArray(member) && member.every(isSimple))
      for (const [index, item] of member.entries())
        rows.push({
          path: `${at}.${index}`,
          label: member.length === 1 ? label : `${label}, ${index + 1}`,
          value: item,
        });
    else if (typeof member === 'object' && member !== null)
      inner.push(() => addGroups(member, [...title, label], at, groups));
  }
  if (rows.length > 0) groups.push({ path, title, rows });
  for (const add of inner) add();
}

/** An item of a list by its name, else by its number. */
function itemLabel(item: unknown, index: string): string {
  if (
    typeof item === 'object' &&
    item !== null &&
    'name' in item &&
    typeof item.name === 'string' &&
    item.name
  )
    return item.name;
  return `${Number(index) + 1}`;
}

const isSimple = (value: unknown): value is PropertyRow['value'] =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
