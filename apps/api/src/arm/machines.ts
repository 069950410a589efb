import type { MachineAction } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import { armCall } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { sentOnce } from './retries.ts';

/** Where a machine is: a VM, or an instance of a scale set. */
interface MachinePlace {
  subscriptionId: string;
  resourceGroup: string;
  scaleSet: string | undefined;
  name: string;
}

/** Takes the ARM id of a VM or a scale-set instance apart. Throws `NotFound` for any other id. */
function placeOf(id: string): MachinePlace {
  const [, subscriptionId, resourceGroup, scaleSet, name] =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute(?:\/virtualMachineScaleSets\/([^/]+))?\/virtualMachines\/([^/]+)$/i.exec(
      id,
    ) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined)
    throw new ApiError('NotFound', 'This id is not that of a machine.');
  return { subscriptionId, resourceGroup, scaleSet, name };
}

/** Throws `NotFound` for an id that is none of a VM or a scale-set instance. */
export function checkMachineId(id: string): void {
  placeOf(id);
}

/** Asks ARM to do something with a machine; ends when ARM has begun. Sent once: see `sentOnce`. */
export async function submitMachineAction(arm: Arm, id: string, action: MachineAction): Promise<void> {
  const { subscriptionId, resourceGroup, scaleSet, name } = placeOf(id);
  await sentOnce(() =>
    armCall(async () => {
      const { compute } = await arm.clients(subscriptionId);
      const poller =
        scaleSet === undefined
          ? compute.virtualMachines[action](resourceGroup, name)
          : compute.virtualMachineScaleSetVMs[action](resourceGroup, scaleSet, name);
      await poller.submitted();
    }),
  );
}

/**
 * The address at which a machine's serial console can be read without a credential for `minutes` minutes. Throws ARM's
 * error where the machine has no boot diagnostics.
 */
export async function readBootLogAddress(arm: Arm, id: string, minutes: number): Promise<string> {
  const { subscriptionId, resourceGroup, scaleSet, name } = placeOf(id);
  const options = { sasUriExpirationTimeInMinutes: minutes };
  const { serialConsoleLogBlobUri } = await armCall(async () => {
    const { compute } = await arm.clients(subscriptionId);
    return scaleSet === undefined
      ? compute.virtualMachines.retrieveBootDiagnosticsData(resourceGroup, name, options)
      : compute.virtualMachineScaleSetVMs.retrieveBootDiagnosticsData(resourceGroup, scaleSet, name, options);
  });
  if (serialConsoleLogBlobUri !== undefined) return serialConsoleLogBlobUri;
  throw new ApiError('ArmError', 'Azure Resource Manager names no boot log of this machine.');
}
