import type { ArmRoute } from './arm-call.ts';

interface Branch {
  literals: Map<string, Branch>;
  placeholder?: { name: string; branch: Branch };
  /** Routes that take whatever follows up to an end of their own; the longest end first, at last the one without. */
  rests: { end: readonly string[]; route: ArmRoute }[];
  route?: ArmRoute;
}

export interface RouteMatch {
  route: ArmRoute;
  params: Record<string, string>;
  rest: string[];
}

/**
 * Finds routes by path, without regard to case over the whole path, as ARM does. A literal segment wins over a
 * placeholder, a placeholder over `*`, and of those the one with the longest end. Empty segments (double and trailing
 * slashes) do not count.
 */
export class RouteTable {
  readonly #root: Branch = newBranch();

  constructor(routes: readonly ArmRoute[]) {
    for (const route of routes) this.#add(route);
  }

  #add(route: ArmRoute): void {
    let branch = this.#root;
    const segments = route.path.split('/').filter((part) => part !== '');
    for (const [index, segment] of segments.entries()) {
      if (segment === '*') {
        branch.rests.push({ end: segments.slice(index + 1), route });
        branch.rests.sort((one, other) => other.end.length - one.end.length);
        return;
      }
      branch = nextBranch(branch, segment);
    }
    if (branch.route) throw new Error(`The route ${route.path} is there twice.`);
    branch.route = route;
  }

  /** `segments` are decoded already. */
  find(segments: readonly string[]): RouteMatch | undefined {
    return search(this.#root, segments, 0, {});
  }
}

/** The decoded segments of a path; `undefined` when its percent encoding is broken. */
export function pathSegments(path: string): string[] | undefined {
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => decodeURIComponent(segment));
  } catch {
    return undefined;
  }
}

function nextBranch(branch: Branch, segment: string): Branch {
  const name = placeholderName(segment);
  if (name !== undefined) {
    branch.placeholder ??= { name, branch: newBranch() };
    if (branch.placeholder.name !== name)
      throw new Error(`The placeholder {${name}} is called {${branch.placeholder.name}} in another route.`);
    return branch.placeholder.branch;
  }
  const key = segment.toLowerCase();
  const next = branch.literals.get(key) ?? newBranch();
  branch.literals.set(key, next);
  return next;
}

function search(
  branch: Branch,
  segments: readonly string[],
  index: number,
  params: Record<string, string>,
): RouteMatch | undefined {
  const segment = segments[index];
  if (segment === undefined) return branch.route && { route: branch.route, params, rest: [] };
  const literal = branch.literals.get(segment.toLowerCase());
  const exact = literal && search(literal, segments, index + 1, params);
  if (exact) return exact;
  if (branch.placeholder) {
    const { name, branch: next } = branch.placeholder;
    const found = search(next, segments, index + 1, { ...params, [name]: segment });
    if (found) return found;
  }
  return searchRests(branch, segments.slice(index), params);
}

function searchRests(
  branch: Branch,
  segments: readonly string[],
  params: Record<string, string>,
): RouteMatch | undefined {
  for (const { end, route } of branch.rests) {
    const length = segments.length - end.length;
    const found = length > 0 && matchEnd(end, segments.slice(length));
    if (found) return { route, params: { ...params, ...found }, rest: segments.slice(0, length) };
  }
  return undefined;
}

/** What the placeholders of an end stand for; `undefined` when the segments are not that end. */
function matchEnd(end: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, part] of end.entries()) {
    const segment = segments[index] ?? '';
    const name = placeholderName(part);
    if (name !== undefined) params[name] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return params;
}

const newBranch = (): Branch => ({ literals: new Map(), rests: [] });

const placeholderName = (segment: string): string | undefined => /^\{(\w+)\}$/.exec(segment)?.[1];
