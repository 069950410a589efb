/** The full type in the id of a resource, for example `Microsoft.Network/virtualNetworks/subnets`. */
export function typeOfId(id: string): string {
  const path = id.slice(id.toLowerCase().lastIndexOf('/providers/') + '/providers/'.length);
  const [namespace = '', ...segments] = path.split('/');
  return [namespace, ...segments.filter((_, index) => index % 2 === 0)].join('/');
}
