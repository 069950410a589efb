import { ComputeManagementClient } from '@azure/arm-compute';
import type { ClusterPath } from '@slipway/contract';
import {
  type ArmPlace,
  armCertificate,
  armEndpoint,
  bearerToken,
  subscriptionId,
} from '../fixtures/arm-clients.ts';

/** Starts the machine with this host name through ARM, whether it is a VM or a scale set's instance. */
export async function startMachine(
  place: ArmPlace,
  { resourceGroup }: ClusterPath,
  hostName: string,
): Promise<void> {
  const compute = new ComputeManagementClient({ getToken: () => bearerToken(place) }, subscriptionId, {
    endpoint: armEndpoint(place),
    tlsOptions: { ca: armCertificate(place) },
  });
  const often = { updateIntervalInMs: 500 };
  for await (const { name = '', osProfile } of compute.virtualMachines.list(resourceGroup))
    if (osProfile?.computerName === hostName)
      return compute.virtualMachines.start(resourceGroup, name, often);
  for await (const { name = '' } of compute.virtualMachineScaleSets.list(resourceGroup))
    for await (const { instanceId = '', osProfile } of compute.virtualMachineScaleSetVMs.list(
      resourceGroup,
      name,
    ))
      if (osProfile?.computerName === hostName)
        return compute.virtualMachineScaleSetVMs.start(resourceGroup, name, instanceId, often);
  throw new Error(`ARM knows no machine ${hostName}.`);
}
