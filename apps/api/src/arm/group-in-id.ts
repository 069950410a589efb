/** The group in a resource's id, in the case that ARM has it: in Resource Graph's own column it is in lower case. */
export const groupIn = (id: string): string =>
  /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? '';
