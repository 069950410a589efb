/** A resource as ARM's GET returns it; only what is read here is named. */
export interface TopologyResource {
  id: string;
  name: string;
  type: string;
  location?: string | undefined;
  properties?: Record<string, unknown> | undefined;
  [key: string]: unknown;
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a dotted path of property names, or undefined where the path leads nowhere. */
export function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const name of namesOf(path)) {
    if (!isRecord(current) || !Object.hasOwn(current, name)) return undefined;
    current = current[name];
  }
  return current;
}

const namesByPath = new Map<string, readonly string[]>();

/** The names in a path; the product's own paths are few, and each is read for thousands of resources. */
function namesOf(path: string): readonly string[] {
  const known = namesByPath.get(path);
  if (known !== undefined) return known;
  const names = path.split('.');
  namesByPath.set(path, names);
  return names;
}

/** The text at a path; numbers and booleans as text, anything else as undefined. */
export function textAt(value: unknown, path: string): string | undefined {
  const found = valueAt(value, path);
  if (typeof found === 'string') return found === '' ? undefined : found;
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
}

/** The number at a path, or undefined; templates also write numbers as text. */
export function numberAt(value: unknown, path: string): number | undefined {
  const found = valueAt(value, path);
  if (typeof found === 'string') return /^\d{1,15}$/.test(found) ? Number(found) : undefined;
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** The array at a path; empty where there is none. */
export function listAt(value: unknown, path: string): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** The ids of the objects in the array at a path, in lower case: `[{ id }]` as ARM writes references. */
export function idsAt(value: unknown, path: string): string[] {
  return listAt(value, path).flatMap((item) => {
    const id = textAt(item, 'id');
    return id === undefined ? [] : [id.toLowerCase()];
  });
}
