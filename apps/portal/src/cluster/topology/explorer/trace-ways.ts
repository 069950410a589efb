import type { TracePath } from '@slipway/topology';

/**
 * What the address calls each way of a connection: where it ends, and which one of those that end there. A number alone
 * would mean another machine as soon as one comes or goes.
 */
export function waysOf(
  paths: readonly Pick<TracePath, 'at'>[],
  shortOf: (id: string) => string,
): readonly string[] {
  const seen = new Map<string, number>();
  return paths.map(({ at }) => {
    const count = (seen.get(at) ?? 0) + 1;
    seen.set(at, count);
    return count === 1 ? shortOf(at) : `${shortOf(at)}~${count}`;
  });
}
