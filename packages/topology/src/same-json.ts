/** Whether two JSON values are the same; what is undefined counts as missing. */
export function isSameJson(one: unknown, other: unknown): boolean {
  // A stack of its own: what is nested deeper than calls can be must not end in an error.
  const open: [unknown, unknown][] = [[one, other]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [a, b] = next;
    if (Object.is(a, b)) continue;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const left = present(a);
    const right = new Map(present(b));
    if (left.length !== right.size) return false;
    for (const [name, value] of left) {
      if (!right.has(name)) return false;
      open.push([value, right.get(name)]);
    }
  }
  return true;
}

const present = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, item]) => item !== undefined);
