import { equalsIgnoreCase } from './json-values.ts';

const RESOURCE_GROUPS_TYPE = 'Microsoft.Resources/resourceGroups';

/** A text without the slashes at its end. A loop, because a pattern would take quadratic time on a hostile text. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}

/** A resource type without a slash at its end, or `undefined` for a text that is none. */
export function resourceTypeOf(text: string): string | undefined {
  const type = withoutTrailingSlashes(text);
  return type.includes('/') ? type : undefined;
}

/** The id of a subscription, or of a resource group in it; empty, the tenant's, without a subscription. */
export function scopePath(subscriptionId: string | undefined, resourceGroup?: string): string {
  if (subscriptionId === undefined) return '';
  const subscription = `/subscriptions/${subscriptionId}`;
  return resourceGroup === undefined ? subscription : `${subscription}/resourceGroups/${resourceGroup}`;
}

/** The id of a management group. */
export function managementGroupPath(name: string): string {
  return `/providers/Microsoft.Management/managementGroups/${name}`;
}

/** The id of a resource: its scope, then namespace, types and names in turn. */
export function joinTypeAndNames(scope: string, type: string, names: readonly string[]): string {
  const [namespace = '', ...types] = type.split('/');
  if (equalsIgnoreCase(type, RESOURCE_GROUPS_TYPE) && names.length === 1 && scope.split('/').length === 3) {
    return `${scope}/resourceGroups/${names[0] ?? ''}`;
  }
  const segments = types.flatMap((segment, index) => [segment, names[index] ?? '']);
  return [scope, 'providers', namespace, ...segments].join('/');
}

/** Whether a text is a fully qualified id rather than a name. */
export function isResourceId(text: string): boolean {
  return text.startsWith('/');
}

/** What follows the last `/providers/` of an id: `Microsoft.Network/virtualNetworks/vnet/subnets/a`. */
export function providerPath(id: string): string {
  const at = id.toLowerCase().lastIndexOf('/providers/');
  return at < 0 ? id.replace(/^\//, '') : id.slice(at + '/providers/'.length);
}
