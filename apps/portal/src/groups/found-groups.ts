import type { ResourceGroup } from '@slipway/contract';

/** The groups whose name, region or tags hold every word of a search, whatever its case; all of them for an empty one. */
export function foundGroups(groups: readonly ResourceGroup[], query: string): readonly ResourceGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return groups;
  return groups.filter(({ name, location, tags }) => {
    const text = [name, location, ...Object.entries(tags).flat()].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
