import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { networkApiVersions } from '../api-versions.ts';
import { booleanAt, compact, idAt, objectAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { normalLocation, recordFrom } from '../resource-plan.ts';
import { keptSubResources, partOf, presentSubResource } from '../sub-resources.ts';
import { planIpConfigurations } from './interface-configurations.ts';
import { networkInterfaceType } from './ip-configurations.ts';
import { requireResource } from './references.ts';

/** The virtual machine that a network interface is attached to, with whether it is the machine's primary one. */
export function machineOfInterface(
  view: CloudView,
  interfaceId: string,
): { machine: ResourceRecord; isPrimary: boolean } | undefined {
  for (const machine of view.list({ type: 'Microsoft.Compute/virtualMachines' })) {
    const interfaces = objectsAt(machine.properties, 'networkProfile', 'networkInterfaces');
    const reference = interfaces.find((nic) => sameText(textAt(nic, 'id'), interfaceId));
    if (!reference) continue;
    const stated = booleanAt(reference, 'properties', 'primary');
    return { machine, isPrimary: stated ?? interfaces.length === 1 };
  }
  return undefined;
}

/** What GET of a network interface shows beside what is kept: ids of its configurations and its machine. */
function presentInterface(record: ResourceRecord, view: CloudView): JsonObject {
  const user = machineOfInterface(view, record.id);
  return compact({
    ipConfigurations: keptSubResources(record, 'ipConfigurations').map((item) =>
      presentSubResource(record, 'ipConfigurations', item),
    ),
    virtualMachine: user ? { id: user.machine.id } : undefined,
    primary: user?.isPrimary,
  });
}

/** Properties of a network interface that Azure fills in. */
export function interfaceDefaults(existing: ResourceRecord | undefined): JsonObject {
  return {
    dnsSettings: { dnsServers: [], appliedDnsServers: [] },
    enableAcceleratedNetworking: false,
    enableIPForwarding: false,
    disableTcpStateTracking: false,
    hostedWorkloads: [],
    tapConfigurations: [],
    nicType: 'Standard',
    auxiliaryMode: 'None',
    auxiliarySku: 'None',
    vnetEncryptionSupported: false,
    resourceGuid: textAt(existing?.properties, 'resourceGuid') ?? randomUUID(),
    ...compact({ macAddress: textAt(existing?.properties, 'macAddress') }),
  };
}

/** `Microsoft.Network/networkInterfaces`. */
export const networkInterfaces: ResourceTypeHandler = {
  type: networkInterfaceType,
  apiVersions: networkApiVersions,
  locations: 'all',
  removeWork: 'networkInterface',
  put: (request) => {
    const { id, body, existing, view } = request;
    const sent = objectAt(body, 'properties');
    const stated = textAt(body, 'location');
    const location = stated === undefined ? undefined : normalLocation(stated);
    const groupId = idAt(sent, 'networkSecurityGroup');
    if (groupId !== undefined) {
      requireResource(view, groupId, 'Microsoft.Network/networkSecurityGroups', id.text, location);
    }
    const ipConfigurations = planIpConfigurations({ id: id.text, location, sent, existing, view });
    const {
      virtualMachine: _machine,
      provisioningState: _state,
      ...kept
    } = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
    return {
      record: recordFrom(request, { ...interfaceDefaults(existing), ...kept, ipConfigurations }),
      work: 'networkInterface',
    };
  },
  remove: (record, view) => {
    const user = machineOfInterface(view, record.id);
    if (user) {
      throw new ArmError(
        400,
        'NicInUse',
        `Network Interface ${record.id} is used by existing resource ${user.machine.id}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.`,
      );
    }
    return { upsert: [], remove: [record.id] };
  },
  present: presentInterface,
  parts: { ipconfigurations: partOf(presentInterface, 'ipConfigurations') },
};
