/** The address of a resource's page in the portal, for places that take a text. */
export const resourceAddress = (id: string, view?: string): string =>
  `/resources/${id.split('/').slice(1).map(encodeURIComponent).join('/')}${view === undefined ? '' : `?view=${view}`}`;

/** What stands in the address of a resource's page for the resource: its id, without the slash that it begins with. */
export const resourceSplat = (id: string): string => id.replace(/^\//, '');
