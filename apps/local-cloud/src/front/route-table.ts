import type { ArmRoute } from './arm-call.ts';

interface Branch {
  literals: Map<string, Branch>;
  placeholder?: { name: string; branch: Branch };
  /** The route that takes whatever follows. */
  rest?: ArmRoute;
  route?: ArmRoute;
}

export interface RouteMatch {
  route: ArmRoute;
  params: Record<string, string>;
  rest: string[];
}

/**
 * Finds routes by path, without regard to case over the whole path, as ARM does. A literal segment wins over a
 * placeholder, a placeholder over `*`. Empty segments (double and trailing slashes) do not count.
 */
export class RouteTable {
  readonly #root: Branch = { literals: new Map() };

  constructor(routes: readonly ArmRoute[]) {
    for (const route of routes) this.#add(route);
  }

  #add(route: ArmRoute): void {
    let branch = this.#root;
    for (const segment of route.path.split('/').filter((part) => part !== '')) {
      if (segment === '*') {
        branch.rest = route;
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
  const name = /^\{(\w+)\}$/.exec(segment)?.[1];
  if (name !== undefined) {
    branch.placeholder ??= { name, branch: { literals: new Map() } };
    if (branch.placeholder.name !== name)
      throw new Error(`The placeholder {${name}} is called {${branch.placeholder.name}} in another route.`);
    return branch.placeholder.branch;
  }
  const key = segment.toLowerCase();
  const next = branch.literals.get(key) ?? { literals: new Map() };
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
  return branch.rest && { route: branch.rest, params, rest: segments.slice(index) };
}
