import {
  type ArmErrorBody,
  type ArmResource,
  type Machine,
  type MachinePower,
  machinePowerSchema,
} from '@slipway/contract';
import type { MachineRole } from '@slipway/topology';
import { z } from 'zod';
import { looseText, readItems } from '../arm/loose-reading.ts';

const looseCount = z.number().int().optional().catch(undefined);
const looseList = z.array(z.unknown()).catch([]);

const machinePropertiesSchema = z.object({
  provisioningState: looseText,
  hardwareProfile: z.object({ vmSize: looseText }).catch({ vmSize: undefined }),
  osProfile: z.object({ computerName: looseText }).catch({ computerName: undefined }),
  networkProfile: z.object({ networkInterfaces: looseList }).catch({ networkInterfaces: [] }),
  diagnosticsProfile: z
    .object({ bootDiagnostics: z.object({ enabled: z.boolean() }) })
    .catch({ bootDiagnostics: { enabled: false } }),
  instanceView: z
    .object({ platformFaultDomain: looseCount, platformUpdateDomain: looseCount, statuses: looseList })
    .catch({ platformFaultDomain: undefined, platformUpdateDomain: undefined, statuses: [] }),
});
const skuSchema = z.object({ name: looseText }).catch({ name: undefined });
const referenceSchema = z.object({ id: z.string() });
const statusSchema = z.object({ code: z.string(), message: looseText });
const configurationsSchema = z.object({ ipConfigurations: looseList }).catch({ ipConfigurations: [] });
const configurationSchema = z.object({ properties: z.object({ privateIPAddress: z.string() }) });

/** The ARM ids of a machine's network interfaces. */
export const interfaceIdsOf = (machine: ArmResource): string[] =>
  idsIn(machinePropertiesSchema.parse(machine.properties ?? {}).networkProfile.networkInterfaces);

const idsIn = (references: readonly unknown[]): string[] =>
  readItems(referenceSchema, references).map(({ id }) => id);

/** What is known of machines beside what they say themselves. */
export interface MachineSurroundings {
  /** By ARM id in lower case: machines, and scale sets for all of their instances. */
  roles: ReadonlyMap<string, MachineRole>;
  /** Network interfaces by ARM id in lower case. */
  interfaces: ReadonlyMap<string, ArmResource>;
}

/** A VM or a scale-set instance, read with its instance view, as the contract has it. */
export function toMachine(resource: ArmResource, { roles, interfaces }: MachineSurroundings): Machine {
  const properties = machinePropertiesSchema.parse(resource.properties ?? {});
  const { hardwareProfile, osProfile, networkProfile, diagnosticsProfile, instanceView } = properties;
  const id = resource.id.toLowerCase();
  const role = roles.get(id) ?? roles.get(id.replace(/\/virtualmachines\/[^/]+$/, ''));
  const size = hardwareProfile.vmSize ?? skuSchema.parse(resource['sku']).name;
  const error = failureOf(instanceView.statuses);
  const { platformFaultDomain: faultDomain, platformUpdateDomain: updateDomain } = instanceView;
  return {
    id: resource.id,
    name: resource.name,
    ...(role === undefined ? {} : { role }),
    ...(size === undefined ? {} : { size }),
    ...(osProfile.computerName === undefined ? {} : { computerName: osProfile.computerName }),
    provisioningState: properties.provisioningState ?? 'Unknown',
    power: powerOf(instanceView.statuses),
    ...(error === undefined ? {} : { error }),
    addresses: idsIn(networkProfile.networkInterfaces).flatMap((each) =>
      addressesOf(interfaces.get(each.toLowerCase())),
    ),
    ...(faultDomain === undefined ? {} : { faultDomain }),
    ...(updateDomain === undefined ? {} : { updateDomain }),
    bootDiagnostics: diagnosticsProfile.bootDiagnostics.enabled,
  };
}

function powerOf(statuses: readonly unknown[]): MachinePower {
  const codes = readItems(statusSchema, statuses).map(({ code }) => code.toLowerCase());
  const said = codes.find((code) => code.startsWith('powerstate/'))?.slice('powerstate/'.length);
  return machinePowerSchema.safeParse(said).data ?? 'unknown';
}

/** ARM appends the code of what failed to the status of provisioning: `ProvisioningState/failed/AllocationFailed`. */
function failureOf(statuses: readonly unknown[]): ArmErrorBody | undefined {
  for (const { code, message } of readItems(statusSchema, statuses)) {
    const failed = /^ProvisioningState\/failed\/(.+)$/i.exec(code)?.[1];
    if (failed !== undefined) return { code: failed, message: message ?? '' };
  }
  return undefined;
}

function addressesOf(networkInterface: ArmResource | undefined): string[] {
  const { ipConfigurations } = configurationsSchema.parse(networkInterface?.properties);
  return readItems(configurationSchema, ipConfigurations).map(
    ({ properties }) => properties.privateIPAddress,
  );
}

/** Masters before agents before the rest, and each by name as people count: `m-2` before `m-10`. */
export function inOrder(machines: readonly Machine[]): Machine[] {
  const places = { master: 0, agent: 1 } as const;
  const placeOf = ({ role }: Machine): number => (role === undefined ? 2 : places[role]);
  return machines.toSorted(
    (one, other) =>
      placeOf(one) - placeOf(other) ||
      one.name.localeCompare(other.name, 'en', { numeric: true }) ||
      (one.id < other.id ? -1 : 1),
  );
}
