import type { JsonObject, JsonValue } from '@slipway/arm-template';
import {
  booleanAt,
  idAt,
  isJsonObject,
  numberAt,
  objectAt,
  objectsAt,
  sameText,
  textAt,
} from '../json-reading.ts';
import { addressText, parseAddressRange } from '../network/address-range.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { addressFor, guidFor, hashFor } from './derived-ids.ts';
import { filledPattern } from './filled-pattern.ts';
import { addressInSubnet, rangeOfSubnet } from './network-parts.ts';
import { serviceProperties } from './service-properties.ts';

type Compute = (record: ResourceRecord, domain: string, view: CloudView) => JsonObject;

const site: Compute = ({ name, id, properties }, domain) => {
  const parent = id.split('/').at(-3) ?? '';
  const host = `${id.includes('/slots/') ? `${parent}-${name}` : name}.azurewebsites.${domain}`.toLowerCase();
  const addresses = ['a', 'b', 'c', 'd'].map((each) => addressFor(id, each));
  const isEnabled = booleanAt(properties, 'enabled') ?? true;
  return {
    state: isEnabled ? 'Running' : 'Stopped',
    enabled: isEnabled,
    defaultHostName: host,
    hostNames: [host],
    enabledHostNames: [host, host.replace('.azurewebsites.', '.scm.azurewebsites.')],
    inboundIpAddress: addressFor(id, 'inbound'),
    outboundIpAddresses: addresses.slice(0, 2).join(','),
    possibleOutboundIpAddresses: addresses.join(','),
    customDomainVerificationId: hashFor(id, 'domain verification', 64).toUpperCase(),
  };
};

/** The container service of 2017: what its clients read are the names of its two public addresses. */
const containerService: Compute = ({ properties, location = '' }, _domain, view) => {
  const fqdn = (profile: JsonObject): JsonObject => {
    const prefix = textAt(profile, 'dnsPrefix');
    return prefix === undefined || prefix === ''
      ? profile
      : { ...profile, fqdn: `${prefix.toLowerCase()}.${location}.${view.dnsSuffix}` };
  };
  return {
    masterProfile: fqdn(objectAt(properties, 'masterProfile')),
    agentPoolProfiles: objectsAt(properties, 'agentPoolProfiles').map(fqdn),
  };
};

const managedCluster: Compute = ({ id, name, location = '', properties }, domain) => {
  const [, , , , group = ''] = id.split('/');
  const prefix = textAt(properties, 'dnsPrefix') ?? name;
  const nodeGroup = textAt(properties, 'nodeResourceGroup') ?? `MC_${group}_${name}_${location}`;
  const [, , subscription = ''] = id.split('/');
  const identity = (of: string, purpose: string): JsonObject => ({
    resourceId: `/subscriptions/${subscription}/resourcegroups/${nodeGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${of}`,
    clientId: guidFor(id, `${purpose} client`),
    objectId: guidFor(id, `${purpose} object`),
  });
  const host = `${prefix}-${hashFor(id, 'fqdn', 8)}`;
  const addons = Object.entries(objectAt(properties, 'addonProfiles')).map(
    ([addon, sent]): [string, JsonValue] => [
      addon,
      booleanAt(sent, 'enabled') === true && isJsonObject(sent)
        ? { ...sent, identity: identity(`${addon.toLowerCase()}-${name}`, addon.toLowerCase()) }
        : sent,
    ],
  );
  return {
    ...(booleanAt(properties, 'apiServerAccessProfile', 'enablePrivateCluster') === true
      ? { privateFQDN: `${host}.${guidFor(id, 'zone')}.privatelink.${location}.azmk8s.${domain}` }
      : { fqdn: `${host}.hcp.${location}.azmk8s.${domain}` }),
    azurePortalFQDN: `${host}.portal.hcp.${location}.azmk8s.${domain}`,
    nodeResourceGroup: nodeGroup,
    maxAgentPools: 100,
    powerState: { code: 'Running' },
    identityProfile: { kubeletidentity: identity(`${name}-agentpool`, 'kubelet') },
    ...(addons.length === 0 ? {} : { addonProfiles: Object.fromEntries(addons) }),
  };
};

/** The outputs that a script assigns: in PowerShell by their names, in a shell as members of what it writes to a file. */
function scriptOutputs(script: string): string[] {
  const assigned = script.matchAll(/\$DeploymentScriptOutputs\[\s*['"]([\w.-]{1,100})['"]\s*\]\s*=/gi);
  const written = script
    .split('\n')
    .filter((line) => line.includes('AZ_SCRIPTS_OUTPUT_PATH'))
    .flatMap((line) => [...line.matchAll(/[{,]\s*\\?["']?([A-Za-z_]\w{0,99})\\?["']?\s*:/g)]);
  return [...assigned, ...written].map(([, name = '']) => name);
}

/** Nothing runs a script here. What it says that it puts out is there, as text that says so. */
const deploymentScript: Compute = ({ properties, createdAt, changedAt }) => ({
  status: { startTime: createdAt, endTime: changedAt },
  outputs: Object.fromEntries(
    scriptOutputs(textAt(properties, 'scriptContent') ?? '').map((name) => [name, `simulated: ${name}`]),
  ),
});

/** An account of Cognitive Services has an address of its own only where it asks for one; else it shares its region's. */
const cognitiveAccount: Compute = ({ properties, location = '' }, domain) => {
  const own = textAt(properties, 'customSubDomainName')?.toLowerCase();
  const host =
    own === undefined ? `${location}.api.cognitive.${domain}` : `${own}.cognitiveservices.${domain}`;
  return { endpoint: `https://${host}/` };
};

const containerApp: Compute = ({ id, name, properties }, domain, view) => {
  const environment = textAt(properties, 'managedEnvironmentId') ?? textAt(properties, 'environmentId');
  const record = environment === undefined ? undefined : view.get(environment);
  const pattern = serviceProperties['microsoft.app/managedenvironments'];
  const suffix =
    record === undefined || pattern === undefined
      ? `azurecontainerapps.${domain}`
      : textAt(filledPattern(pattern, record.properties, record, domain), 'defaultDomain');
  const revision = `${name}--${hashFor(id, 'revision', 7)}`;
  const ingress = objectAt(properties, 'configuration', 'ingress');
  const isInternal = booleanAt(ingress, 'external') !== true;
  const host = (app: string): string =>
    `${app.toLowerCase()}${isInternal ? '.internal' : ''}.${suffix ?? ''}`;
  return {
    latestRevisionName: revision,
    latestReadyRevisionName: revision,
    customDomainVerificationId: hashFor(id, 'domain verification', 64).toUpperCase(),
    outboundIpAddresses: [addressFor(id, 'outbound')],
    runningStatus: 'Running',
    ...(Object.keys(ingress).length === 0
      ? {}
      : {
          latestRevisionFqdn: host(revision),
          configuration: {
            ...objectAt(properties, 'configuration'),
            ingress: { ...ingress, fqdn: host(name) },
          },
        }),
  };
};

/** A container group that is reached has an address, and under its label a name. */
const containerGroup: Compute = ({ id, location = '', properties }, domain, view) => {
  const address = objectAt(properties, 'ipAddress');
  if (Object.keys(address).length === 0) return {};
  const label = textAt(address, 'dnsNameLabel');
  const subnetId = textAt(objectsAt(properties, 'subnetIds')[0], 'id');
  const isPrivate = sameText(textAt(address, 'type'), 'Private');
  const ip =
    isPrivate && subnetId !== undefined ? addressInSubnet(view, subnetId, 0) : addressFor(id, 'group');
  return {
    ipAddress: {
      ...(ip === undefined ? {} : { ip }),
      ...address,
      ...(label === undefined ? {} : { fqdn: `${label.toLowerCase()}.${location}.azurecontainer.${domain}` }),
    },
    instanceView: { events: [], state: 'Running' },
  };
};

/** Where a Cosmos account is read and written: in the regions that it names, or in its own. */
const documentAccount: Compute = ({ name, location = '', properties }, domain) => {
  const named = objectsAt(properties, 'locations');
  const regions = (named.length === 0 ? [{ locationName: location, failoverPriority: 0 }] : named).map(
    (each) => {
      const region = textAt(each, 'locationName') ?? location;
      const id = `${name.toLowerCase()}-${region.toLowerCase().replaceAll(' ', '')}`;
      return {
        isZoneRedundant: false,
        ...each,
        id,
        documentEndpoint: `https://${id}.documents.${domain}:443/`,
        provisioningState: 'Succeeded',
      };
    },
  );
  const writesEverywhere = booleanAt(properties, 'enableMultipleWriteLocations') === true;
  return {
    locations: regions,
    readLocations: regions,
    writeLocations: writesEverywhere ? regions : regions.slice(0, 1),
    failoverPolicies: regions.map(({ id, ...region }, index) => ({
      id,
      locationName: textAt(region, 'locationName') ?? '',
      failoverPriority: index,
    })),
  };
};

/** The token with which session hosts join is there once one is asked for. */
const hostPool: Compute = ({ id, properties }) => {
  const sent = objectAt(properties, 'registrationInfo');
  return textAt(sent, 'expirationTime') === undefined
    ? {}
    : {
        registrationInfo: {
          registrationTokenOperation: 'None',
          ...sent,
          token: hashFor(id, 'registration', 64),
        },
      };
};

const volume: Compute = ({ id, properties }, _domain, view) => {
  const subnetId = textAt(properties, 'subnetId');
  const address = subnetId === undefined ? undefined : addressInSubnet(view, subnetId, 0);
  return {
    mountTargets: [
      {
        mountTargetId: guidFor(id, 'mount target'),
        fileSystemId: guidFor(id, ''),
        ...(address === undefined ? {} : { ipAddress: address }),
      },
    ],
  };
};

const addressPrefix: Compute = ({ id, properties }) => ({
  ipPrefix: `${addressFor(id, 'prefix').replace(/\d+$/, '0')}/${numberAt(properties, 'prefixLength') ?? 28}`,
});

/** A firewall in a hub has its addresses there; one in a network has them in its configurations. */
const firewall: Compute = ({ id, properties }, _domain, view) => {
  const hubId = idAt(properties, 'virtualHub');
  if (hubId === undefined) return {};
  const sent = objectAt(properties, 'hubIPAddresses');
  const count = numberAt(sent, 'publicIPs', 'count') ?? 1;
  const prefix = textAt(view.get(hubId)?.properties, 'addressPrefix');
  const range = prefix === undefined ? undefined : parseAddressRange(prefix, hubId);
  return {
    hubIPAddresses: {
      // The second quarter of a hub is that of its firewall.
      ...(range === undefined
        ? {}
        : {
            privateIPAddress: addressText(
              range.family,
              range.first + (range.last - range.first + 1n) / 4n + 4n,
            ),
          }),
      ...sent,
      publicIPs: {
        count,
        addresses: Array.from({ length: Math.min(count, 100) }, (_, index) => ({
          address: addressFor(id, `hub ${index}`),
        })),
      },
    },
  };
};

/** A gateway speaks BGP from the last usable address of its subnet; two of a pair, each from one of the first. */
const networkGateway: Compute = ({ properties }, _domain, view) => {
  const [configuration] = objectsAt(properties, 'ipConfigurations');
  const subnetId = idAt(configuration, 'properties', 'subnet');
  const range = subnetId === undefined ? undefined : rangeOfSubnet(view, subnetId);
  if (range === undefined || subnetId === undefined) return {};
  const isPair = booleanAt(properties, 'activeActive') === true;
  const addresses = isPair
    ? [0, 1].map((index) => addressInSubnet(view, subnetId, index))
    : [addressText(range.family, range.last - 1n)];
  return {
    bgpSettings: {
      asn: 65_515,
      peerWeight: 0,
      ...objectAt(properties, 'bgpSettings'),
      bgpPeeringAddress: addresses.join(','),
    },
  };
};

const plan: Compute = ({ id }, _domain, view) => ({
  numberOfSites: view
    .list({ type: 'Microsoft.Web/sites' })
    .filter(({ properties }) => sameText(textAt(properties, 'serverFarmId'), id)).length,
});

/** What Azure adds that is no pattern: it follows from what was sent, or from other resources. By lower-case type. */
export const serviceComputations: Readonly<Record<string, Compute>> = {
  'microsoft.app/containerapps': containerApp,
  'microsoft.cognitiveservices/accounts': cognitiveAccount,
  'microsoft.containerinstance/containergroups': containerGroup,
  'microsoft.containerservice/containerservices': containerService,
  'microsoft.containerservice/managedclusters': managedCluster,
  'microsoft.desktopvirtualization/hostpools': hostPool,
  'microsoft.documentdb/databaseaccounts': documentAccount,
  'microsoft.netapp/netappaccounts/capacitypools/volumes': volume,
  'microsoft.network/azurefirewalls': firewall,
  'microsoft.network/publicipprefixes': addressPrefix,
  'microsoft.network/trafficmanagerprofiles': ({ properties }, domain) => {
    const settings = objectAt(properties, 'dnsConfig');
    const label = textAt(settings, 'relativeName') ?? '';
    return { dnsConfig: { ...settings, fqdn: `${label.toLowerCase()}.trafficmanager.${domain}` } };
  },
  'microsoft.network/virtualnetworkgateways': networkGateway,
  'microsoft.resources/deploymentscripts': deploymentScript,
  'microsoft.web/serverfarms': plan,
  'microsoft.web/sites': site,
  'microsoft.web/sites/slots': site,
};
