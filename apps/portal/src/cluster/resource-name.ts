/**
 * A resource's name as ARM's list of a group gives it: for a child resource with the names of what it belongs to, for
 * example `swarm-master-0/configuremaster`. Taken from its id; `name` where the id is not of that shape.
 */
export function fullResourceName({ id, name }: { id: string; name: string }): string {
  const [, own] = /^.*\/providers\/([^/]+(?:\/[^/]+\/[^/]+)+)$/i.exec(id) ?? [];
  const names = own?.split('/').filter((_, index) => index > 0 && index % 2 === 0);
  return names?.join('/') ?? name;
}
