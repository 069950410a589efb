import { causeOfCall } from '../activity/cause.ts';
import { ArmError } from '../arm-error.ts';
import type { BootLogLinks } from '../boot-logs/boot-log-links.ts';
import type { Clock } from '../clock.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmHandler, type ArmRoute } from '../front/arm-call.ts';
import type { PowerAction } from '../machines/machine-driver.ts';
import { powerStateOf } from '../machines/machine-power.ts';
import type { Pace } from '../machines/pace.ts';
import { objectAt } from '../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { makeResourceId } from '../resource-id.ts';
import { inSubscription, param } from './call-reading.ts';
import { foundResource } from './found-resource.ts';
import { operationHeaders } from './long-operations.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import type { ResourceGroups } from './resource-groups.ts';
import type { ResourceManager } from './resource-manager.ts';
import { operationPaths } from './resource-routes.ts';

interface MachineRouteParts {
  manager: ResourceManager;
  directory: ProviderDirectory;
  groups: ResourceGroups;
  view: CloudView;
  pace: Pace;
  clock: Clock;
  bootLogs: BootLogLinks;
}

const powerActions: readonly PowerAction[] = ['start', 'restart', 'powerOff', 'deallocate'];

/** How long an address of a boot log is good for, in minutes. Source: the Compute API's `sasUriExpirationTimeInMinutes`. */
const linkMinutes = { usual: 120, least: 1, most: 1440 };
const minuteMs = 60_000;

/** What can be done with VMs and scale-set instances: start, restart, stop, deallocate, and read what they write when they boot. */
export function machineRoutes(parts: MachineRouteParts): ArmRoute[] {
  const api = new MachineApi(parts);
  const compute =
    '/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}/providers/Microsoft.Compute';
  return inSubscription(
    [
      `${compute}/virtualMachines/{machine}`,
      `${compute}/virtualMachineScaleSets/{scaleSet}/virtualMachines/{machine}`,
    ].flatMap((machine) => [
      ...powerActions.map((action) => post(`${machine}/${action}`, (call) => api.act(call, action))),
      post(`${machine}/retrieveBootDiagnosticsData`, (call) => api.bootDiagnostics(call)),
    ]),
  );
}

const post = (path: string, handler: ArmHandler): ArmRoute => ({ path, methods: { POST: handler } });

class MachineApi {
  readonly #parts: MachineRouteParts;

  constructor(parts: MachineRouteParts) {
    this.#parts = parts;
  }

  act(call: ArmCall, action: PowerAction): ArmAnswer {
    const { manager, view, pace } = this.#parts;
    const machine = this.#machine(call);
    const power = powerStateOf(machine, view);
    if (action === 'restart' && (power === 'stopped' || power === 'deallocated'))
      throw new ArmError(
        409,
        'OperationNotAllowed',
        'The operation requires the VM to be running (or set to run).',
      );
    const work = manager.act(machine.id, action, causeOfCall(call));
    return { status: 202, headers: operationHeaders(call, pace, operationPaths(work, machine)) };
  }

  bootDiagnostics(call: ArmCall): ArmAnswer {
    const { bootLogs, clock } = this.#parts;
    const machine = this.#machine(call);
    if (objectAt(machine.properties, 'diagnosticsProfile', 'bootDiagnostics')['enabled'] !== true)
      throw new ArmError(
        409,
        'OperationNotAllowed',
        `Boot diagnostics are not enabled for '${machine.name}': set diagnosticsProfile.bootDiagnostics.enabled to true.`,
      );
    const expiresAt = new Date(clock.now().getTime() + readLinkMinutes(call) * minuteMs);
    // No machine of this cloud has a screen, so there is no screenshot of one either.
    return ok({ serialConsoleLogBlobUri: `${call.origin}${bootLogs.issue(machine, expiresAt)}` });
  }

  #machine(call: ArmCall): ResourceRecord {
    const scaleSet = call.params['scaleSet'];
    const id = makeResourceId({
      subscriptionId: param(call, 'subscriptionId'),
      resourceGroup: param(call, 'resourceGroup'),
      namespace: 'Microsoft.Compute',
      types: scaleSet === undefined ? ['virtualMachines'] : ['virtualMachineScaleSets', 'virtualMachines'],
      names: [...(scaleSet === undefined ? [] : [scaleSet]), param(call, 'machine')],
    });
    return foundResource(id, this.#parts);
  }
}

function readLinkMinutes(call: ArmCall): number {
  const name = 'sasUriExpirationTimeInMinutes';
  const sent = [...call.url.searchParams].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  if (sent === undefined) return linkMinutes.usual;
  const minutes = /^\d{1,4}$/.test(sent) ? Number(sent) : Number.NaN;
  if (minutes >= linkMinutes.least && minutes <= linkMinutes.most) return minutes;
  throw new ArmError(
    400,
    'InvalidParameter',
    `The value of ${name} must be a whole number from ${linkMinutes.least} to ${linkMinutes.most}.`,
    { target: name },
  );
}
