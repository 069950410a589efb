import type { TopologyGraph } from '../graph.ts';
import { entranceSteps } from './entrance-steps.ts';
import { machineSteps } from './machine-steps.ts';
import { networkSteps } from './network-steps.ts';
import { otherSteps } from './other-steps.ts';
import { tourOf } from './tour.ts';
import type { WalkStep } from './walk-step.ts';

/**
 * A tour through a graph from outside in, one piece or group of alike pieces after another, in plain words and with
 * the real values. What a name means is told only as far as the structure bears it out. Any group has a walk; ours have
 * 18 to 20 steps.
 */
export function guidedWalk(graph: TopologyGraph): WalkStep[] {
  const tour = tourOf(graph);
  return [...entranceSteps(tour), ...networkSteps(tour), ...machineSteps(tour), ...otherSteps(tour)];
}
