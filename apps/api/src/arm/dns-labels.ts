import { armCall } from './arm-failure.ts';
import type { Arm } from './arm.ts';

/** Whether a public address may take this DNS label in the region. */
export async function isDnsLabelFree(
  arm: Arm,
  subscriptionId: string,
  region: string,
  label: string,
): Promise<boolean> {
  return armCall(async () => {
    const { network } = await arm.clients(subscriptionId);
    const { available } = await network.checkDnsNameAvailability(region, label);
    return available === true;
  });
}
