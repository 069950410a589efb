import { setTimeout as delay } from 'node:timers/promises';
import type { OwnServices } from '../fixtures/own-services.ts';
import type { Blow, Victim, Work } from './plan.ts';

/**
 * How long the works take when nobody disturbs them, at the pace `fast`, in milliseconds: what the moments of blows are
 * a part of.
 */
const usualMs: Readonly<Record<Work, number>> = { submission: 1_500, deployment: 5_500, deletion: 2_500 };

/** Kills the services at the moments of `blow`, counted from now; resolves with what was done, in words. */
export async function strike(services: OwnServices, blow: Blow): Promise<string> {
  const begun = Date.now();
  const moments = [Math.round(blow.moment * usualMs[blow.work])];
  if (blow.againAfterMs !== undefined) moments.push((moments[0] ?? 0) + blow.againAfterMs);
  for (const moment of moments) {
    await delay(Math.max(0, begun + moment - Date.now()));
    for (const victim of blow.victims) await kill(services, victim);
  }
  const times = moments.map((moment) => `${(moment / 1_000).toFixed(2)} s`).join(' and again at ');
  return `${blow.victims.join(' and ')} killed at ${times} of the ${blow.work}`;
}

/** A service that is just being started again is killed as soon as its process is there. */
async function kill(services: OwnServices, victim: Victim): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      services.kill(victim, 'SIGKILL');
      return;
    } catch (thrown) {
      if (Date.now() > deadline) throw thrown;
      await delay(10);
    }
  }
}
