import { ArmError } from '../arm-error.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import { readMoodSet } from './mood-set.ts';
import type { Moods } from './moods.ts';

/** Where the moods are read and replaced at run time. */
export function moodRoutes(moods: Moods): ArmRoute[] {
  const put = (call: ArmCall): ArmAnswer => {
    try {
      moods.set(readMoodSet(call.body));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new ArmError(400, 'InvalidRequestContent', `These moods cannot be used: ${error.message}.`);
    }
    return ok(moods.describe());
  };
  return [{ path: '/slipway/moods', methods: { GET: () => ok(moods.describe()), PUT: put } }];
}
