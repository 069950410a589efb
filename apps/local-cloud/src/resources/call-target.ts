import type { ArmCall } from '../front/arm-call.ts';
import { pathSegments } from '../front/route-table.ts';

/** What a request that changes something is about, as ARM's locks and its activity log see it. */
export interface CallTarget {
  /** Id of what is written, deleted or acted upon, spelled as the request has it. */
  id: string;
  /** Its full type, for example `Microsoft.Network/virtualNetworks`. */
  type: string;
  /** `write`, `delete`, or the action's name with `/action`: what follows the type in the operation's name. */
  verb: string;
}

const groupType = 'Microsoft.Resources/subscriptions/resourceGroups';

/**
 * The target of a request that is about a resource group, a resource or what is put on one; `undefined` for requests that
 * only read, and for addresses that lead to none of these.
 */
export function targetOfCall({ method, url }: Pick<ArmCall, 'method' | 'url'>): CallTarget | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  const segments = pathSegments(url.pathname) ?? [];
  const last = segments.findLastIndex((segment) => segment.toLowerCase() === 'providers');
  const verb = method === 'DELETE' ? 'delete' : 'write';
  if (last < 0)
    return method !== 'POST' && segments.length === 4 && segments[2]?.toLowerCase() === 'resourcegroups'
      ? { id: `/${segments.join('/')}`, type: groupType, verb }
      : undefined;
  const [namespace = '', ...rest] = segments.slice(last + 1);
  const isAction = method === 'POST';
  if (namespace === '' || isAction !== (rest.length % 2 === 1)) return undefined;
  const path = isAction ? rest.slice(0, -1) : rest;
  return {
    id: `/${[...segments.slice(0, last + 2), ...path].join('/')}`,
    type: [namespace, ...path.filter((_, index) => index % 2 === 0)].join('/'),
    verb: isAction ? `${rest.at(-1) ?? ''}/action` : verb,
  };
}
