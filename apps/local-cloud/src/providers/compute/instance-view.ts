import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { compact, numberAt, objectAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import { actionFailureOf, powerStateOf } from '../../machines/machine-power.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';

export const extensionType = 'Microsoft.Compute/virtualMachines/extensions';

/**
 * The status of provisioning as instance views state it, for example `ProvisioningState/succeeded`. Of a machine on which
 * an action failed it says why, as Azure's does: `ProvisioningState/failed/AllocationFailed`.
 */
export function provisioningStatus(record: ResourceRecord): JsonObject {
  const state = record.provisioningState;
  const failure = actionFailureOf(record);
  return compact({
    code: `ProvisioningState/${state.toLowerCase()}${failure ? `/${failure.code}` : ''}`,
    level: sameText(state, 'Failed') ? 'Error' : 'Info',
    displayStatus: `Provisioning ${state.toLowerCase()}`,
    message: failure?.message,
    time: record.changedAt,
  });
}

/** A machine's power, for example `PowerState/running`. */
function powerStatus(record: ResourceRecord, view: CloudView): JsonObject {
  const power = powerStateOf(record, view);
  return { code: `PowerState/${power}`, level: 'Info', displayStatus: `VM ${power}` };
}

function agentView(record: ResourceRecord, view: CloudView): JsonObject {
  if (view.machines.kind === 'simulated')
    return {
      vmAgentVersion: 'simulated',
      statuses: [agentStatus(record, true, 'Simulated machine: no guest agent runs.')],
    };
  const isRunning = powerStateOf(record, view) === 'running';
  return {
    vmAgentVersion: 'local',
    statuses: [
      agentStatus(
        record,
        isRunning,
        isRunning ? 'The machine runs and takes extensions.' : 'The machine does not run.',
      ),
    ],
  };
}

/** The codes and words with which Azure says whether it hears of a machine's guest agent. */
function agentStatus(record: ResourceRecord, isReady: boolean, message: string): JsonObject {
  return {
    code: isReady ? 'ProvisioningState/succeeded' : 'ProvisioningState/Unavailable',
    level: isReady ? 'Info' : 'Warning',
    displayStatus: isReady ? 'Ready' : 'Not Ready',
    message,
    time: record.changedAt,
  };
}

function diskView(record: ResourceRecord): JsonValue[] {
  const storage = objectAt(record.properties, 'storageProfile');
  return [objectAt(storage, 'osDisk'), ...objectsAt(storage, 'dataDisks')].map((disk): JsonValue => ({
    name: textAt(disk, 'name') ?? '',
    statuses: [provisioningStatus(record)],
  }));
}

/** An extension's part of its machine's instance view. */
function extensionView(extension: ResourceRecord): JsonObject {
  const { properties } = extension;
  return compact({
    name: extension.name,
    type: `${textAt(properties, 'publisher') ?? ''}.${textAt(properties, 'type') ?? ''}`,
    typeHandlerVersion: textAt(properties, 'typeHandlerVersion'),
    statuses: [provisioningStatus(extension)],
  });
}

/** `…/virtualMachines/{name}/instanceView`. */
export function machineInstanceView(record: ResourceRecord, view: CloudView): JsonObject {
  const extensions = view.list({ type: extensionType, under: record.id });
  const isProvisioned = record.provisioningState !== 'Creating';
  return compact({
    platformFaultDomain: numberAt(record.secrets, 'placement', 'faultDomain'),
    platformUpdateDomain: numberAt(record.secrets, 'placement', 'updateDomain'),
    computerName: textAt(record.properties, 'osProfile', 'computerName'),
    vmAgent: isProvisioned ? agentView(record, view) : undefined,
    disks: diskView(record),
    bootDiagnostics:
      objectAt(record.properties, 'diagnosticsProfile', 'bootDiagnostics')['enabled'] === true
        ? {}
        : undefined,
    extensions: extensions.length === 0 ? undefined : extensions.map((extension) => extensionView(extension)),
    statuses: [provisioningStatus(record), powerStatus(record, view)],
  });
}

/** `…/virtualMachineScaleSets/{name}/virtualMachines/{id}/instanceView`. */
export function instanceInstanceView(record: ResourceRecord, view: CloudView): JsonObject {
  const isProvisioned = record.provisioningState !== 'Creating';
  return compact({
    platformFaultDomain: numberAt(record.secrets, 'placement', 'faultDomain'),
    platformUpdateDomain: numberAt(record.secrets, 'placement', 'updateDomain'),
    vmAgent: isProvisioned ? agentView(record, view) : undefined,
    disks: diskView(record),
    extensions: objectsAt(record.properties, 'extensions').map((extension): JsonValue => ({
      name: textAt(extension, 'name') ?? '',
      type: `${textAt(extension, 'properties', 'publisher') ?? ''}.${textAt(extension, 'properties', 'type') ?? ''}`,
      typeHandlerVersion: textAt(extension, 'properties', 'typeHandlerVersion') ?? '',
      statuses: [provisioningStatus(record)],
    })),
    statuses: [provisioningStatus(record), powerStatus(record, view)],
  });
}
