/** The views of a resource's page, as its address names them. */
export const resourceViews = [
  'overview',
  'properties',
  'relations',
  'activity',
  'tags',
  'locks',
  'json',
] as const;
export type ResourceView = (typeof resourceViews)[number];

export const viewWords: Readonly<Record<ResourceView, string>> = {
  overview: 'Overview',
  properties: 'Properties',
  relations: 'Relations',
  activity: 'Activity log',
  tags: 'Tags',
  locks: 'Locks',
  json: 'JSON',
};
