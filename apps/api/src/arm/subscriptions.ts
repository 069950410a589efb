import type { Region, Subscription } from '@slipway/contract';
import { z } from 'zod';
import { armCall, unlessMissing } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { looseText, readItems } from './loose-reading.ts';
import { allOf } from './paging.ts';

const subscriptionSchema = z
  .object({ subscriptionId: z.string().min(1), displayName: looseText, state: looseText })
  .transform(({ subscriptionId, displayName, state }): Subscription => ({
    subscriptionId,
    displayName: displayName ?? subscriptionId,
    state: state ?? 'Unknown',
  }));

const locationSchema = z.object({
  name: z.string().min(1),
  displayName: looseText,
  metadata: z.object({ regionType: looseText, regionCategory: looseText }).optional().catch(undefined),
});

/** The subscriptions that the credential sees, by display name. */
export async function listSubscriptions(arm: Arm): Promise<Subscription[]> {
  return armCall(async () => {
    const client = await arm.subscriptions();
    const found = readItems(subscriptionSchema, await allOf(client.subscriptions.list()));
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
    const locations = await allOf(client.subscriptions.listLocations(subscriptionId));
    const found = readItems(locationSchema, locations).flatMap(
      ({ name, displayName, metadata }): Region[] => {
        if (metadata?.regionType === 'Logical') return [];
        const category = metadata?.regionCategory;
        return [{ name, displayName: displayName ?? name, ...(category ? { category } : {}) }];
      },
    );
    return found.toSorted(
      (one, other) => rank(one) - rank(other) || one.displayName.localeCompare(other.displayName, 'en'),
    );
  });
}
