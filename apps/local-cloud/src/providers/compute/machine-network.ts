import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { booleanAt, idAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import { machineOfInterface } from '../network/network-interfaces.ts';
import { allocateDynamicAddresses } from '../network/public-ip-addresses.ts';
import { networkInterfaceType } from '../network/ip-configurations.ts';
import type { CloudView, PutRequest, RecordChanges, ResourceRecord } from '../provider.ts';
import { keptSubResources } from '../sub-resources.ts';

/** Checks the interfaces that a machine names: there, free, one of them primary. */
export function checkMachineNetwork(request: PutRequest, profile: JsonObject): void {
  const { id, view } = request;
  const interfaces = objectsAt(profile, 'networkInterfaces');
  if (interfaces.length === 0) {
    throw new ArmError(400, 'InvalidParameter', "Required parameter 'networkProfile' is missing (null).", {
      target: 'networkProfile',
    });
  }
  for (const reference of interfaces) {
    const interfaceId = textAt(reference, 'id') ?? '';
    const nic = view.get(interfaceId);
    if (!nic || !sameText(nic.type, networkInterfaceType)) {
      throw new ArmError(
        404,
        'NotFound',
        `Resource ${interfaceId} referenced by resource ${id.text} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
        { target: 'networkProfile.networkInterfaces' },
      );
    }
    const user = machineOfInterface(view, nic.id);
    if (user && !sameText(user.machine.id, id.text)) {
      throw new ArmError(
        400,
        'NicInUse',
        `Network Interface ${nic.id} is used by existing resource ${user.machine.id}. In order to use it with ${id.text}, it must be dissociated from that resource first.`,
      );
    }
  }
  const primaries = interfaces.filter((nic) => booleanAt(nic, 'properties', 'primary') === true).length;
  if (interfaces.length > 1 && primaries !== 1) {
    throw new ArmError(
      400,
      'VirtualMachineMustHaveOneNetworkInterfaceAsPrimary',
      `Virtual machine ${id.names[0] ?? ''} must have one network interface set as the primary.`,
    );
  }
}

/** What a started machine changes at its interfaces: they get hardware addresses, dynamic public addresses are given. */
export function connectInterfaces(machine: ResourceRecord, view: CloudView): RecordChanges {
  const interfaces = objectsAt(machine.properties, 'networkProfile', 'networkInterfaces').flatMap(
    (reference) => view.get(textAt(reference, 'id') ?? '') ?? [],
  );
  const publicIds = interfaces.flatMap((nic) =>
    keptSubResources(nic, 'ipConfigurations').flatMap(
      (configuration) => idAt(configuration.properties, 'publicIPAddress') ?? [],
    ),
  );
  const addressed = interfaces
    .filter((nic) => textAt(nic.properties, 'macAddress') === undefined)
    .map((nic) => ({
      ...nic,
      properties: {
        ...nic.properties,
        macAddress: hardwareAddress(textAt(nic.properties, 'resourceGuid') ?? ''),
      },
    }));
  const publicAddresses = allocateDynamicAddresses(view, publicIds);
  return { upsert: [...addressed, ...publicAddresses.upsert], remove: [] };
}

/** A hardware address in Microsoft's range, made of an interface's own guid. */
export function hardwareAddress(guid: string): string {
  const digits = guid.replaceAll('-', '').slice(0, 6).padEnd(6, '0').toUpperCase();
  return ['00', '0D', '3A', digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)].join('-');
}
