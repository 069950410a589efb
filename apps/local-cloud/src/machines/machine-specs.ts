import { createHash } from 'node:crypto';
import type { JsonObject } from '@slipway/arm-template';
import { canonicalJson } from '../json-text.ts';
import { idAt, objectAt, objectsAt, sameText, textAt } from '../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { keptSubResources } from '../providers/sub-resources.ts';
import type { ExtensionSpec, MachineSpec } from './machine-driver.ts';

/** The ARM id of the scale set that an instance belongs to; of anything else `undefined`. */
export function scaleSetIdOf(id: string): string | undefined {
  return /^(.*\/virtualMachineScaleSets\/[^/]+)\/virtualMachines\/[^/]+$/i.exec(id)?.[1];
}

/** What a driver must know of a VM or a scale-set instance. */
export function machineSpec(record: ResourceRecord, view: CloudView): MachineSpec {
  const scaleSetId = scaleSetIdOf(record.id);
  const os = objectAt(record.properties, 'osProfile');
  const secrets = scaleSetId === undefined ? record.secrets : (view.get(scaleSetId)?.secrets ?? {});
  const configurations = objectsAt(record.properties, 'networkProfile', 'networkInterfaces')
    .toSorted((one, other) => Number(isPrimary(other)) - Number(isPrimary(one)))
    .flatMap((reference) => view.get(textAt(reference, 'id') ?? '') ?? [])
    .flatMap((nic) => keptSubResources(nic, 'ipConfigurations'))
    .map(({ properties }) => properties)
    .filter((properties) => !sameText(textAt(properties, 'privateIPAddressVersion'), 'IPv6'));
  return {
    id: record.id,
    name: record.name,
    hostName: textAt(os, 'computerName') ?? record.name,
    vmId: textAt(record.properties, 'vmId') ?? '',
    networkId: (idAt(configurations[0], 'subnet') ?? '').replace(/\/subnets\/[^/]+$/i, ''),
    addresses: configurations.flatMap((properties) => textAt(properties, 'privateIPAddress') ?? []),
    adminUsername: textAt(os, 'adminUsername') ?? '',
    publicKeys: objectsAt(os, 'linuxConfiguration', 'ssh', 'publicKeys').flatMap(
      (key) => textAt(key, 'keyData')?.trim() ?? [],
    ),
    customData: textAt(secrets, 'customData'),
  };
}

const isPrimary = (reference: JsonObject): boolean => objectAt(reference, 'properties')['primary'] === true;

/** An extension resource of a VM. */
export function extensionSpec(record: ResourceRecord): ExtensionSpec {
  return readExtension(record.name, record.properties, record.secrets);
}

/** The extensions that a scale set's model gives each of its instances, in order. */
export function scaleSetExtensions(scaleSet: ResourceRecord): ExtensionSpec[] {
  return objectsAt(scaleSet.properties, 'virtualMachineProfile', 'extensionProfile', 'extensions').map(
    (extension) => {
      const name = textAt(extension, 'name') ?? '';
      const kept = objectAt(scaleSet.secrets, 'protectedSettings', name);
      return readExtension(name, objectAt(extension, 'properties'), kept);
    },
  );
}

/** The same text for the same extensions of a scale set: what an instance was configured with. */
export function extensionsDigest(scaleSet: ResourceRecord): string {
  const specs = scaleSetExtensions(scaleSet).map((extension) => ({ ...extension }));
  return createHash('sha256').update(canonicalJson(specs)).digest('base64url');
}

function readExtension(name: string, properties: JsonObject, secrets: JsonObject): ExtensionSpec {
  return {
    name,
    publisher: textAt(properties, 'publisher') ?? '',
    type: textAt(properties, 'type') ?? '',
    settings: objectAt(properties, 'settings'),
    protectedSettings: objectAt(secrets, 'protectedSettings'),
  };
}

/** For how long a scale set lets a leaving instance get ready, in milliseconds; `undefined` when it does not ask it. */
export function terminateNoticeMs(scaleSet: ResourceRecord): number | undefined {
  const profile = objectAt(
    scaleSet.properties,
    'virtualMachineProfile',
    'scheduledEventsProfile',
    'terminateNotificationProfile',
  );
  if (profile['enable'] !== true) return undefined;
  const minutes = /^PT(\d{1,2})M$/i.exec(textAt(profile, 'notBeforeTimeout') ?? '')?.[1];
  return Number(minutes ?? defaultNoticeMinutes) * 60_000;
}

/** Source: "Terminate notification for Azure Virtual Machine Scale Set instances": 5 to 15 minutes, 5 by default. */
const defaultNoticeMinutes = 5;
