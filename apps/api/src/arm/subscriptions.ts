import type { Region, Subscription } from '@slipway/contract';
import { armCall, unlessMissing } from './arm-failure.ts';
import type { Arm } from './arm.ts';

/** The subscriptions that the credential sees, by display name. */
export async function listSubscriptions(arm: Arm): Promise<Subscription[]> {
  return armCall(async () => {
    const client = await arm.subscriptions();
    const found: Subscription[] = [];
    for await (const { subscriptionId, displayName, state } of client.subscriptions.list()) {
      if (subscriptionId === undefined) continue;
      found.push({ subscriptionId, displayName: displayName ?? subscriptionId, state: state ?? 'Unknown' });
    }
    return found.toSorted((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
  });
}

/** Whether the credential sees this subscription. */
export async function subscriptionExists(arm: Arm, subscriptionId: string): Promise<boolean> {
  const found = await unlessMissing(async () =>
    (await arm.subscriptions()).subscriptions.get(subscriptionId),
  );
  return found !== undefined;
}

const rank = (region: Region) => (region.category === 'Recommended' ? 0 : 1);

/** The physical regions of a subscription: recommended ones first, then by display name. */
export async function listRegions(arm: Arm, subscriptionId: string): Promise<Region[]> {
  return armCall(async () => {
    const client = await arm.subscriptions();
    const found: Region[] = [];
    for await (const { name, displayName, metadata } of client.subscriptions.listLocations(subscriptionId)) {
      if (name === undefined || metadata?.regionType === 'Logical') continue;
      const category = metadata?.regionCategory;
      found.push({ name, displayName: displayName ?? name, ...(category ? { category } : {}) });
    }
    return found.toSorted(
      (one, other) => rank(one) - rank(other) || one.displayName.localeCompare(other.displayName, 'en'),
    );
  });
}
