import { listAt, numberAt, textAt, type TopologyResource } from './arm-resource.ts';
import type { NodeKind } from './graph.ts';
import { resolveId } from './references.ts';
import { ipConfigurations, protocolText, ruleText, type TrafficRule } from './traffic.ts';

export interface Fact {
  label: string;
  value: string;
}

interface FactMaterial {
  id: string;
  resource: TopologyResource;
  kind: NodeKind;
  pieces: ReadonlyMap<string, TopologyResource>;
  rules: readonly TrafficRule[];
}

type MaybeFact = [label: string, value: string | undefined];

/** The key properties of a piece, in the order in which they are shown; every value comes from the resource. */
export function factsOf(material: FactMaterial): Fact[] {
  const { resource, kind } = material;
  const own: MaybeFact[] = ownFacts(material);
  const common: MaybeFact[] = [
    [kind === 'scaleSet' ? 'Machine size' : 'SKU', textAt(resource, 'sku.name')],
    ['Region', textAt(resource, 'location')],
    ['Availability zones', joined(listAt(resource, 'zones'))],
  ];
  return [...own, ...common].flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

function ownFacts({ id, resource, kind, pieces, rules }: FactMaterial): MaybeFact[] {
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
      return loadBalancerFacts(id, resource, pieces, rules);
    case 'networkSecurityGroup':
      return listAt(properties, 'securityRules').map(securityRuleFact);
    case 'virtualNetwork':
      return [
        ['Address space', joined(listAt(properties, 'addressSpace.addressPrefixes'))],
        ['Subnets', String(listAt(properties, 'subnets').length)],
      ];
    case 'subnet':
      return [
        ['Address range', text('addressPrefix') ?? joined(listAt(properties, 'addressPrefixes'))],
        ['Guarded by', nameAt(text('networkSecurityGroup.id'), pieces)],
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
          joined(rules.filter((rule) => rule.kind === 'nat' && rule.targets.has(id)).map(ruleText)),
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
        ['Private address', privateAddressesOf(properties, pieces)],
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
        ['Capacity', withUnit(text('diskSizeGB'), 'GiB')],
        ['State', text('diskState')],
        ['Operating system', text('osType')],
        ['Used by', nameAt(textAt(resource, 'managedBy'), pieces)],
      ];
    case 'storageAccount':
      return [
        ['Blob endpoint', text('primaryEndpoints.blob')],
        ['Oldest TLS version', text('minimumTlsVersion')?.replace('TLS', '').replace('_', '.')],
        ['Only over HTTPS', yesNo(text('supportsHttpsTrafficOnly'))],
        ['Public blobs', yesNo(text('allowBlobPublicAccess'))],
      ];
    case 'containerService':
    case 'internet':
    case 'loadBalancerRule':
    case 'gateway':
    case 'securityRule':
    case 'routeTable':
    case 'route':
    case 'outside':
    case 'other':
      return [];
  }
}

function loadBalancerFacts(
  id: string,
  resource: TopologyResource,
  pieces: ReadonlyMap<string, TopologyResource>,
  rules: readonly TrafficRule[],
): MaybeFact[] {
  const own = rules.filter((rule) => rule.loadBalancer === id);
  const frontends = listAt(resource.properties, 'frontendIPConfigurations').map((frontend): MaybeFact => [
    `Entrance ${textAt(frontend, 'name') ?? ''}`.trim(),
    nameAt(textAt(frontend, 'properties.publicIPAddress.id'), pieces) ??
      textAt(frontend, 'properties.privateIPAddress'),
  ]);
  const passed = own.map((rule): MaybeFact => [
    `${rule.kind === 'nat' ? 'NAT rule' : rule.kind === 'balanced' ? 'Balanced rule' : 'Outbound rule'} ${rule.name}`,
    rule.kind === 'outbound'
      ? `${protocolText(rule.protocol)}${outboundPorts(resource, rule.name)}`
      : ruleText(rule),
  ]);
  const probes = listAt(resource.properties, 'probes').map((probe): MaybeFact => {
    const protocol = protocolText(textAt(probe, 'properties.protocol') ?? '');
    const port = textAt(probe, 'properties.port') ?? '';
    const seconds = textAt(probe, 'properties.intervalInSeconds') ?? '?';
    const failures =
      textAt(probe, 'properties.numberOfProbes') ?? textAt(probe, 'properties.probeThreshold') ?? '?';
    return [
      `Probe ${textAt(probe, 'name') ?? ''}`.trim(),
      `${protocol} ${port} every ${seconds} s; out after ${failures} failures`,
    ];
  });
  return [...frontends, ...passed, ...probes];
}

function outboundPorts(loadBalancer: TopologyResource, name: string): string {
  const rule = listAt(loadBalancer.properties, 'outboundRules').find((item) => textAt(item, 'name') === name);
  const ports = numberAt(rule, 'properties.allocatedOutboundPorts');
  return ports === undefined || ports === 0 ? '' : `, ${ports} ports a machine`;
}

function securityRuleFact(rule: unknown): MaybeFact {
  const ports = [
    textAt(rule, 'properties.destinationPortRange'),
    ...listAt(rule, 'properties.destinationPortRanges'),
  ];
  const sources = [
    textAt(rule, 'properties.sourceAddressPrefix'),
    ...listAt(rule, 'properties.sourceAddressPrefixes'),
  ];
  const protocol = textAt(rule, 'properties.protocol') ?? '*';
  const words = [
    textAt(rule, 'properties.access'),
    textAt(rule, 'properties.direction')?.toLowerCase(),
    protocol === '*' ? 'any protocol' : protocolText(protocol),
    (joined(ports) ?? '*').replace(/^\*$/, 'all ports'),
    `from ${(joined(sources) ?? '*').replace(/^\*$/, 'anywhere')}`,
  ];
  return [
    `${textAt(rule, 'properties.priority') ?? ''} ${textAt(rule, 'name') ?? ''}`.trim(),
    joined(words, ' '),
  ];
}

function privateAddressesOf(
  properties: Record<string, unknown> | undefined,
  pieces: ReadonlyMap<string, TopologyResource>,
): string | undefined {
  return joined(
    listAt(properties, 'networkProfile.networkInterfaces').flatMap((item) => {
      const id = textAt(item, 'id');
      const found = id === undefined ? undefined : resolveId(id, pieces);
      const resource = found === undefined ? undefined : pieces.get(found);
      return resource === undefined
        ? []
        : ipConfigurations(resource).map((configuration) =>
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

function nameAt(id: string | undefined, pieces: ReadonlyMap<string, TopologyResource>): string | undefined {
  if (id === undefined) return undefined;
  const found = resolveId(id, pieces);
  return (found === undefined ? undefined : pieces.get(found)?.name) ?? id.split('/').at(-1);
}

function joined(values: readonly unknown[], separator = ', '): string | undefined {
  const texts = values.filter((value) => typeof value === 'string' && value !== '');
  return texts.length === 0 ? undefined : texts.join(separator);
}

const withUnit = (value: string | undefined, unit: string): string | undefined =>
  value === undefined ? undefined : `${value} ${unit}`;

function yesNo(value: string | undefined): string | undefined {
  if (value === 'true') return 'Yes';
  return value === 'false' ? 'No' : undefined;
}
