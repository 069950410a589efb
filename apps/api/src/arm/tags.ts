import type { ChangeTagsRequest } from '@slipway/contract';
import { z } from 'zod';
import { armCall } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { looseTags } from './loose-reading.ts';
import { subscriptionOf } from './send-to-arm.ts';

type Tags = Record<string, string>;

const tagsSchema = z.object({ properties: z.object({ tags: looseTags }).catch({ tags: {} }) });

/** The tags of a subscription, a resource group or a resource. Throws ARM's error where there is no such thing. */
export async function readTags(arm: Arm, scope: string): Promise<Tags> {
  return armCall(async () => {
    const { resources } = await arm.clients(subscriptionOf(scope));
    return tagsSchema.parse(await resources.tagsOperations.getAtScope(scope.slice(1))).properties.tags;
  });
}

/** Changes tags and gives all of them as they are then. What is sent says the whole of a change, so twice is as once. */
export async function changeTags(
  arm: Arm,
  { scope, operation, tags }: Pick<ChangeTagsRequest, 'scope' | 'operation' | 'tags'>,
): Promise<Tags> {
  return armCall(async () => {
    const { resources } = await arm.clients(subscriptionOf(scope));
    const change = { operation, properties: { tags } };
    const changed = await resources.tagsOperations.updateAtScope(scope.slice(1), change).pollUntilDone();
    return tagsSchema.parse(changed).properties.tags;
  });
}
