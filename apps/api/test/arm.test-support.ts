import { readSettings } from '../src/app.ts';
import { type Arm, createArm } from '../src/arm/arm.ts';
import { subscriptionId } from './cluster.test-support.ts';
import { type RunningCloud, patientSettings } from './portal.test-support.ts';

/** A way to the cloud beside the API: what somebody else does there. */
export const armOf = (cloud: RunningCloud): Arm =>
  createArm({ ...readSettings({}), ...patientSettings, ...cloud.settings });

/** Somebody else takes a DNS label with a public address in a group of its own. */
export async function takeDnsLabel(cloud: RunningCloud, region: string, label: string): Promise<void> {
  const { resources, network } = await armOf(cloud).clients(subscriptionId);
  await resources.resourceGroups.createOrUpdate('others', { location: region });
  await network.publicIPAddresses.createOrUpdate('others', `ip-${label}`, {
    location: region,
    sku: { name: 'Standard' },
    publicIPAllocationMethod: 'Static',
    dnsSettings: { domainNameLabel: label },
  });
}
