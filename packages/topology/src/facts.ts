import { listAt, numberAt, textAt, valueAt, type TopologyResource } from './arm-resource.ts';
import { loadBalancerFacts, ruleFacts } from './balancer-words.ts';
import type { DiskUse } from './disk-uses.ts';
import type { NodeKind } from './graph.ts';
import type { Pieces } from './pieces.ts';
import { nextHopText, routeText } from './route-words.ts';
import { securityRuleText } from './security-rule-words.ts';
import { peopleNameOf, type Surroundings } from './surroundings.ts';
import { machineName } from './titles.ts';
import { ipConfigurations, ruleText } from './traffic.ts';

export interface Fact {
  label: string;
  value: string;
}

type MaybeFact = [label: string, value: string | undefined];

/** The key properties of a piece, in the order in which they are shown; every value comes from the resources. */
export function factsOf(id: string, resource: TopologyResource, surroundings: Surroundings): Fact[] {
  const kind = surroundings.kinds.get(id) ?? 'other';
  const own = ownFacts({ id, resource, kind, surroundings });
  const common: MaybeFact[] = [
    [kind === 'scaleSet' ? 'Machine size' : 'SKU', textAt(resource, 'sku.name')],
    ['Region', textAt(resource, 'location')],
    ['Availability zones', joined(listAt(resource, 'zones'))],
  ];
  return [...own, ...common].flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

interface FactMaterial {
  id: string;
  resource: TopologyResource;
  kind: NodeKind;
  surroundings: Surroundings;
}

function ownFacts({ id, resource, kind, surroundings }: FactMaterial): MaybeFact[] {
  const { pieces } = surroundings;
  const properties = resource.properties;
  const text = (path: string): string | undefined => textAt(properties, path);
  switch (kind) {
    case 'publicIp':
      return [
        ['DNS name', text('dnsSettings.fqdn')],
        ['IP address', text('ipAddress')],
        ['Assignment', text('publicIPAllocationMethod')],
      ];
    case 'loadBalancer':
      return loadBalancerFacts(id, resource, surroundings);
    case 'loadBalancerRule': {
      const rule = surroundings.rules.byId.get(id);
      return rule === undefined ? [] : ruleFacts(rule, resource, surroundings);
    }
    case 'networkSecurityGroup':
      return [
        ...inOrder(listAt(properties, 'securityRules')),
        ...inOrder(listAt(properties, 'defaultSecurityRules')),
      ].map(securityRuleFact);
    case 'securityRule':
      return [
        ['Does', securityRuleText(properties)],
        ['Priority', text('priority')],
        ['Direction', text('direction')],
        ['What for', text('description')],
      ];
    case 'routeTable':
      return [
        ...listAt(properties, 'routes').map((route): MaybeFact => [
          `Route ${textAt(route, 'name') ?? ''}`.trim(),
          routeText(valueAt(route, 'properties')),
        ]),
        ['Routes learnt from gateways', yesNo(negated(text('disableBgpRoutePropagation')))],
      ];
    case 'route':
      return [
        ['Addresses', text('addressPrefix')],
        ['Sent to', nextHopText(properties)],
      ];
    case 'virtualNetwork':
      return [
        ['Address space', joined(listAt(properties, 'addressSpace.addressPrefixes'))],
        ['Subnets', String(listAt(properties, 'subnets').length)],
      ];
    case 'subnet':
      return [
        ['Address range', text('addressPrefix') ?? joined(listAt(properties, 'addressPrefixes'))],
        ['Guarded by', nameAt(text('networkSecurityGroup.id'), pieces)],
        ['Routes from', nameAt(text('routeTable.id'), pieces)],
        ['Way out', nameAt(text('natGateway.id'), pieces)],
      ];
    case 'networkInterface':
      return [
        [
          'Private address',
          joined(ipConfigurations(resource).map((item) => textAt(item, 'properties.privateIPAddress'))),
        ],
        [
          'Assignment',
          joined(
            ipConfigurations(resource).map((item) => textAt(item, 'properties.privateIPAllocationMethod')),
          ),
        ],
        [
          'Entrances',
          joined(
            (surroundings.rules.toTarget.get(id) ?? []).filter((rule) => rule.kind === 'nat').map(ruleText),
          ),
        ],
        ['MAC address', text('macAddress')],
      ];
    case 'availabilitySet':
      return [
        ['Fault domains', text('platformFaultDomainCount')],
        ['Update domains', text('platformUpdateDomainCount')],
        ['Machines', String(listAt(properties, 'virtualMachines').length)],
      ];
    case 'virtualMachine':
    case 'scaleSetInstance':
      return [
        ['Size', text('hardwareProfile.vmSize')],
        ['Computer name', text('osProfile.computerName')],
        ['User', text('osProfile.adminUsername')],
        ['Image', imageText(properties, 'storageProfile.imageReference')],
        ['Private address', privateAddressesOf(properties, surroundings)],
        ['Fault domain', text('instanceView.platformFaultDomain')],
        ['Update domain', text('instanceView.platformUpdateDomain')],
        ['Latest model', yesNo(text('latestModelApplied'))],
      ];
    case 'scaleSet':
      return [
        ['Machines', textAt(resource, 'sku.capacity')],
        ['User', text('virtualMachineProfile.osProfile.adminUsername')],
        ['Image', imageText(properties, 'virtualMachineProfile.storageProfile.imageReference')],
        ['Upgrade policy', text('upgradePolicy.mode')],
        ['Fault domains', text('platformFaultDomainCount')],
      ];
    case 'extension':
      return [
        ['Handler', joined([text('publisher'), text('type'), text('typeHandlerVersion')], ' ')],
        ['Upgrades minor versions by itself', yesNo(text('autoUpgradeMinorVersion'))],
      ];
    case 'disk':
      return [
        ['Holds', holdsText(surroundings.diskUses.get(id), surroundings)],
        ['Capacity', withUnit(text('diskSizeGB'), 'GiB')],
        ['State', text('diskState')],
        ['Operating system', text('osType')],
        ['Used by', nameAt(textAt(resource, 'managedBy'), pieces)],
      ];
    case 'storageAccount':
      return [
        ['Holds', keepsText(surroundings.diagnosticsAt.get(id) ?? [], surroundings)],
        ['Blob endpoint', text('primaryEndpoints.blob')],
        ['Oldest TLS version', text('minimumTlsVersion')?.replace('TLS', '').replace('_', '.')],
        ['Only over HTTPS', yesNo(text('supportsHttpsTrafficOnly'))],
        ['Public blobs', yesNo(text('allowBlobPublicAccess'))],
      ];
    case 'containerService':
    case 'internet':
    case 'gateway':
    case 'outside':
    case 'other':
      return [];
  }
}

/** Security rules in the order in which Azure asks them: each direction by priority. */
function inOrder(rules: readonly unknown[]): unknown[] {
  return rules.toSorted(
    (a, b) => directionOf(a).localeCompare(directionOf(b), 'en') || priorityOf(a) - priorityOf(b),
  );
}

const priorityOf = (rule: unknown): number => numberAt(rule, 'properties.priority') ?? 0;
const directionOf = (rule: unknown): string => textAt(rule, 'properties.direction') ?? '';

function securityRuleFact(rule: unknown): MaybeFact {
  return [
    `${textAt(rule, 'properties.priority') ?? ''} ${textAt(rule, 'name') ?? ''}`.trim(),
    securityRuleText(valueAt(rule, 'properties')),
  ];
}

/** For example `Operating system of master 1` or `Data of web-1`. */
function holdsText(use: DiskUse | undefined, { roles }: Surroundings): string | undefined {
  if (use === undefined) return undefined;
  const machine = machineName(roles.roleOf.get(use.machine), roles.indexOf.get(use.machine))?.toLowerCase();
  return `${use.holds === 'system' ? 'Operating system' : 'Data'} of ${machine ?? use.machineName}`;
}

/** For example `Boot diagnostics of masters and agents`. */
function keepsText(writers: readonly string[], surroundings: Surroundings): string | undefined {
  const byRole = Map.groupBy(writers, (id) => surroundings.roles.roleOf.get(id));
  const names = (['master', 'agent', undefined] as const).flatMap(
    (role) => peopleNameOf(byRole.get(role) ?? [], surroundings) ?? [],
  );
  return names.length === 0 ? undefined : `Boot diagnostics of ${names.join(' and ')}`;
}

function privateAddressesOf(properties: unknown, { pieces, kinds }: Surroundings): string | undefined {
  return joined(
    listAt(properties, 'networkProfile.networkInterfaces').flatMap((item) => {
      const id = textAt(item, 'id');
      const found = id === undefined ? undefined : pieces.resolve(id);
      const resource = found === undefined ? undefined : pieces.all.get(found);
      if (resource === undefined || kinds.get(found ?? '') !== 'networkInterface') return [];
      return ipConfigurations(resource).map((configuration) =>
        textAt(configuration, 'properties.privateIPAddress'),
      );
    }),
  );
}

function imageText(properties: unknown, path: string): string | undefined {
  return joined(
    ['publisher', 'offer', 'sku', 'version'].map((part) => textAt(properties, `${path}.${part}`)),
    ' ',
  );
}

function nameAt(id: string | undefined, pieces: Pieces): string | undefined {
  if (id === undefined) return undefined;
  const found = pieces.resolve(id);
  return (found === undefined ? undefined : pieces.all.get(found)?.name) ?? id.split('/').at(-1);
}

function joined(values: readonly unknown[], separator = ', '): string | undefined {
  const texts = values.filter((value) => typeof value === 'string' && value !== '');
  return texts.length === 0 ? undefined : texts.join(separator);
}

const withUnit = (value: string | undefined, unit: string): string | undefined =>
  value === undefined ? undefined : `${value} ${unit}`;

function negated(value: string | undefined): string | undefined {
  if (value === 'true') return 'false';
  return value === 'false' ? 'true' : undefined;
}

function yesNo(value: string | undefined): string | undefined {
  if (value === 'true') return 'Yes';
  return value === 'false' ? 'No' : undefined;
}
