import { backendsOf, hasMembersElsewhere } from './backends.ts';
import type { PlacedFrontend } from './network-index.ts';
import { offState } from './power.ts';
import { probeBlock } from './probe.ts';
import { arrive, giveUp, stop, type Walk } from './walk.ts';
import { withoutRule } from './without-rule.ts';
import { called, capital, type TraceContext } from './words.ts';

/**
 * A ping of a frontend. Public Standard load balancers answer it themselves while one of their machines is up, and pass
 * none on; others take none (test reachability of Azure public load balancer frontends with ping and traceroute). So a
 * machine behind one is not reached by pings.
 */
export function pingFrontend(
  context: TraceContext,
  walk: Walk,
  { balancer, frontend }: PlacedFrontend,
  isForMachine: boolean,
): Walk {
  const answers = balancer.isStandard && !balancer.isGlobal && frontend.publicIpId !== undefined;
  if (!answers || isForMachine) return withoutRule(context, walk, balancer, frontend);
  const name = called(context, balancer.id);
  const rules = balancer.inbound.filter(
    ({ kind, frontendId }) => kind === 'balancing' && frontendId === frontend.id,
  );
  const isUp = rules.some((rule) =>
    backendsOf(context.index, balancer, rule, rule.firstPort).some(
      ({ attachment }) =>
        offState(context.index.powerOf.get(attachment.machineId ?? '')) === undefined &&
        probeBlock(context, rule, walk.packet, attachment) === undefined,
    ),
  );
  const step = { piece: balancer.id, facts: [['Pings', 'never reach the machines']] as const };
  const condition = 'it answers pings only while a balancing rule has a machine that is up';
  if (!isUp && rules.some((rule) => hasMembersElsewhere(context.index, balancer, rule))) {
    return giveUp(
      walk,
      { ...step, says: `Of ${name} the machines are not among these resources, and ${condition}.` },
      `Not traced further than ${name}: ${condition}, and its machines are not among these resources.`,
    );
  }
  if (!isUp) {
    return stop(
      walk,
      { ...step, says: `Of ${name} no machine is up, and ${condition}.` },
      `Stopped at ${name}: ${condition}.`,
    );
  }
  return arrive(
    walk,
    { ...step, says: `${capital(name)} answers pings itself while one of its machines is up.` },
    `${capital(name)} answers the ping itself; its machines see nothing of it.`,
  );
}
