import { dnsLabels, expectedFqdn } from '@slipway/cluster';
import type { DnsAvailability } from '@slipway/contract';
import type { Arm } from '../arm/arm.ts';
import { readCloudFacts } from '../arm/cloud-description.ts';
import { isDnsLabelFree } from '../arm/dns-labels.ts';

/** Whether both labels that a DNS prefix leads to are free in a region. */
export async function checkDnsPrefixFree(
  arm: Arm,
  subscriptionId: string,
  region: string,
  prefix: string,
): Promise<DnsAvailability> {
  const [{ dnsSuffix }, ...checked] = await Promise.all([
    readCloudFacts(arm),
    ...dnsLabels(prefix).map(async (label) => ({
      label,
      available: await isDnsLabelFree(arm, subscriptionId, region, label),
    })),
  ]);
  return {
    available: checked.every((label) => label.available),
    labels: checked.map((label) => ({ ...label, fqdn: expectedFqdn(label.label, region, dnsSuffix) })),
  };
}
