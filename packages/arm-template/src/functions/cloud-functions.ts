import type { ZoneMapping } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { equalsIgnoreCase, getOwn, isObject } from '../json-values.ts';
import { joinTypeAndNames, managementGroupPath, scopePath } from '../resource-id.ts';
import {
  array,
  declare,
  integer,
  notHere,
  optional,
  text,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { deploymentOf } from './scope-functions.ts';
import { plainZones, regionName, zonesOf } from './zones.ts';

/** One type of a provider, as ARM lists it under `resourceTypes`. */
function typeOf(provider: JsonObject, type: string): JsonObject | undefined {
  const types = getOwn(provider, 'resourceTypes');
  if (!Array.isArray(types)) return undefined;
  return types.find((each): each is JsonObject => {
    const name = isObject(each) ? getOwn(each, 'resourceType') : undefined;
    return typeof name === 'string' && equalsIgnoreCase(name, type);
  });
}

/** The zones that the cloud's own provider names for a type and region (`zoneMappings`), if it names any at all. */
function zonesByProvider(
  call: FunctionCall,
  namespace: string,
  type: string,
  location: string,
): string[] | undefined {
  const provider = call.scope.cloud?.provider?.(namespace);
  const described = provider === undefined ? undefined : typeOf(provider, type);
  const mappings = described === undefined ? undefined : getOwn(described, 'zoneMappings');
  if (!Array.isArray(mappings)) return undefined;
  for (const mapping of mappings) {
    if (!isObject(mapping)) continue;
    const [place, zones] = [getOwn(mapping, 'location'), getOwn(mapping, 'zones')];
    if (typeof place !== 'string' || regionName(place) !== regionName(location) || !Array.isArray(zones))
      continue;
    return zones.filter((zone) => typeof zone === 'string');
  }
  return [];
}

/** Translates zones of a region, as one subscription sees them; an empty text for one that is not there. */
function translate(
  call: FunctionCall,
  [subscriptionId, location]: readonly [string, string],
  zones: readonly JsonValue[],
  [from, to]: readonly [keyof ZoneMapping, keyof ZoneMapping],
): string[] {
  const mappings = call.scope.cloud?.zones?.(subscriptionId, location) ?? plainZones(location);
  return zones.map((zone) => {
    const wanted = text.read(zone, call);
    return mappings.find((mapping) => equalsIgnoreCase(mapping[from], wanted))?.[to] ?? '';
  });
}

const TO_LOGICAL = ['physicalZone', 'logicalZone'] as const;
const TO_PHYSICAL = ['logicalZone', 'physicalZone'] as const;

const one = (name: string, direction: readonly [keyof ZoneMapping, keyof ZoneMapping]): FunctionDeclaration =>
  declare(name, [text, text, text], (call, subscriptionId, location, zone) => {
    const [found = ''] = translate(call, [subscriptionId, location], [zone], direction);
    return found;
  });

const several = (
  name: string,
  direction: readonly [keyof ZoneMapping, keyof ZoneMapping],
): FunctionDeclaration =>
  declare(name, [text, text, array], (call, subscriptionId, location, zones) =>
    translate(call, [subscriptionId, location], zones, direction),
  );

/** Where a role is told to be: in the subscription, else in the management group, else in the tenant. */
function roleScope(call: FunctionCall): string {
  const { subscription, managementGroup } = deploymentOf(call);
  if (subscription !== undefined) return scopePath(subscription.subscriptionId);
  return managementGroup === undefined ? '' : managementGroupPath(managementGroup.name);
}

/** Functions about the cloud that the template is deployed to. */
export const cloudFunctions: readonly FunctionDeclaration[] = [
  declare(
    'pickZones',
    [text, text, text, optional(integer), optional(integer)],
    (call, namespace, type, location, count = 1n, offset = 0n) => {
      if (count < 1n || count > 3n) {
        throw call.usageError(
          `The template language function 'pickZones' expects its fourth parameter 'numberOfZones' to be from 1 to 3. The provided value is '${count.toString()}'.`,
        );
      }
      if (offset < 0n) {
        throw call.usageError(
          `The template language function 'pickZones' expects its fifth parameter 'offset' not to be negative. The provided value is '${offset.toString()}'.`,
        );
      }
      const zones =
        zonesByProvider(call, namespace, type, location) ?? zonesOf(`${namespace}/${type}`, location);
      if (zones.length === 0) return [];
      if (offset + count > BigInt(zones.length)) {
        throw call.usageError(
          `The template language function 'pickZones' was asked for '${count.toString()}' zones from offset '${offset.toString()}', but the resource type has '${String(zones.length)}' zones in the location '${location.slice(0, 80)}'.`,
        );
      }
      return zones.slice(Number(offset), Number(offset + count));
    },
  ),
  declare('providers', [text, optional(text)], (call, namespace, type) => {
    const find = call.scope.cloud?.provider;
    if (find === undefined) throw notHere(call);
    const provider = find(namespace);
    const described = provider === undefined || type === undefined ? provider : typeOf(provider, type);
    if (provider !== undefined && described !== undefined) {
      if (type !== undefined) return described;
      return {
        namespace: getOwn(provider, 'namespace') ?? namespace,
        resourceTypes: getOwn(provider, 'resourceTypes') ?? [],
      };
    }
    throw call.usageError(
      provider === undefined
        ? `The template function 'providers' was invoked with the resource provider '${namespace.slice(0, 80)}', which is not known.`
        : `The template function 'providers' was invoked with the resource type '${(type ?? '').slice(0, 80)}', which the resource provider '${namespace.slice(0, 80)}' does not have.`,
    );
  }),
  declare('roleDefinitions', [text], (call, roleName) => {
    const find = call.scope.cloud?.roleDefinition;
    if (find === undefined) throw notHere(call);
    const roleDefinitionId = find(roleName);
    if (roleDefinitionId === undefined) {
      throw call.usageError(
        `The template function 'roleDefinitions' was invoked with the role '${roleName.slice(0, 80)}', which is not known.`,
      );
    }
    return {
      id: joinTypeAndNames(roleScope(call), 'Microsoft.Authorization/roleDefinitions', [roleDefinitionId]),
      roleDefinitionId,
    };
  }),
  one('toLogicalZone', TO_LOGICAL),
  several('toLogicalZones', TO_LOGICAL),
  one('toPhysicalZone', TO_PHYSICAL),
  several('toPhysicalZones', TO_PHYSICAL),
];
