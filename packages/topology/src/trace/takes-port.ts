import { ruleAt } from './backends.ts';
import type { Connection } from './connection.ts';
import type { Goal } from './goal.ts';
import type { TraceContext } from './words.ts';

/** Whether a load balancer's frontend has a rule for the port; anything else may take every port. */
export function takesPort({ index }: TraceContext, { protocol, port }: Connection, goal: Goal): boolean {
  if (goal.kind === 'frontend') {
    return ruleAt(goal.placed.balancer, goal.placed.frontend, protocol, port) !== undefined;
  }
  if (goal.kind !== 'publicAddress') return true;
  const placed = index.frontendsByPublicIp.get(goal.publicAddress.id)?.[0];
  return placed !== undefined && ruleAt(placed.balancer, placed.frontend, protocol, port) !== undefined;
}
