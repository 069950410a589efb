import { nextHop, type NextHop } from './effective-route.ts';
import { isLocal, type Goal } from './goal.ts';
import { passGuards } from './guard.ts';
import { contains, ipv4Text, notPublicRanges } from './ipv4.ts';
import { goOut } from './leave-network.ts';
import type { Attachment, Route } from './network-parts.ts';
import type { Party } from './service-tags.ts';
import { arrive, pass, stop, type Step, type Walk } from './walk.ts';
import { withoutRoute, withinNetwork } from './within-network.ts';
import { addressText, capital, targetName, type TraceContext } from './words.ts';

/** Takes a packet that has left an interface where the routes of its subnet send it. */
export function followRoute(
  context: TraceContext,
  walk: Walk,
  source: Attachment,
  goal: Goal,
  viaAppliance = false,
): Walk[] {
  const { subnet } = source;
  if (!subnet) {
    const name = targetName(context, source);
    return [
      stop(
        walk,
        {
          piece: source.interfaceId,
          says: `The subnet of ${name} is not among these resources, so its routes are not known.`,
        },
        `Where ${name}'s subnet sends this is not known: it is not among these resources.`,
      ),
    ];
  }
  const { destination } = walk.packet;
  const target = destination.address ?? inside(destination);
  const hop =
    viaAppliance && isLocal(goal) ? ({ kind: 'network' } as const) : nextHop(context.index, subnet, target);
  const step = { piece: subnet.networkId, with: [subnet.id] };
  const shown = destination.address === undefined ? walk.packet.to : ipv4Text(destination.address);
  switch (hop.kind) {
    case 'network':
    case 'peering':
      return withinNetwork(context, walk, source, goal, hop);
    case 'nowhere':
      return [dropped(context, walk, source, goal, hop.route)];
    case 'gateway':
      return [
        arrive(
          walk,
          {
            ...step,
            piece: hop.route.id,
            says: `Route ${hop.route.name} sends ${shown} to the network's gateway. What lies beyond is not traced.`,
            facts: routeFacts(hop.route),
          },
          `Route ${hop.route.name} sends it to the network's gateway; what lies beyond is not traced.`,
        ),
      ];
    case 'appliance':
      return throughAppliance(context, walk, source, goal, hop, viaAppliance);
    case 'internet': {
      if (goal.kind === 'attachment' || goal.kind === 'frontend' || goal.kind === 'unknown') {
        const isPublic = target !== undefined && !notPublicRanges.some((range) => contains(range, target));
        if (!isPublic || goal.kind !== 'unknown') return [dropped(context, walk, source, goal, hop.route)];
      }
      const routed = hop.route
        ? pass(walk, {
            ...step,
            piece: hop.route.id,
            says: `Route ${hop.route.name} sends ${shown} to the internet.`,
            facts: routeFacts(hop.route),
          })
        : walk;
      return goOut(context, routed, source, goal);
    }
  }
}

/** One address of the range in which an unknown destination lies; nothing for the internet. */
const inside = ({ within }: Party): number | undefined => within[0]?.first;

/** No way on: a route of the user's drops it, or there is none. */
function dropped(
  context: TraceContext,
  walk: Walk,
  source: Attachment,
  goal: Goal,
  by: Route | undefined,
): Walk {
  if (by?.nextHop !== 'none') return withoutRoute(context, walk, source, goal);
  return stop(
    walk,
    {
      piece: by.id,
      with: [source.subnet?.routeTableId, source.subnet?.id],
      says: `Route ${by.name} drops what is meant for ${by.prefix}.`,
      facts: routeFacts(by),
    },
    `Stopped at route ${by.name}: it drops what is meant for ${by.prefix}.`,
  );
}

const routeFacts = ({ name, prefix, nextHop: hop, nextAddress }: Route): [string, string | undefined][] => [
  ['Route', name],
  ['For', prefix],
  ['Next hop', `${hop}${nextAddress === undefined ? '' : ` ${ipv4Text(nextAddress)}`}`],
];

/** A user-defined route to an appliance. The appliance decides what goes on; from it the packet is followed once more. */
function throughAppliance(
  context: TraceContext,
  walk: Walk,
  source: Attachment,
  goal: Goal,
  { route: by, address }: Extract<NextHop, { kind: 'appliance' }>,
  isSecond: boolean,
): Walk[] {
  const holder = context.index.attachmentsByAddress
    .get(address ?? -1)
    ?.find((item) => item.subnet !== undefined);
  const shown = addressText(address);
  const step: Step = {
    piece: by.id,
    with: [source.subnet?.routeTableId, source.subnet?.id],
    says: `Route ${by.name} sends what is meant for ${by.prefix} to the appliance at ${shown}.`,
    facts: routeFacts(by),
  };
  if (isSecond) {
    return [
      stop(
        walk,
        { ...step, says: `${step.says} It has come from an appliance already: this goes round in circles.` },
        `Stopped at route ${by.name}: it sends the packet to an appliance again and again.`,
      ),
    ];
  }
  if (!holder || holder.id === source.id) {
    return [
      arrive(
        walk,
        {
          ...step,
          says: `${step.says} What stands there is not among these resources; what it does is not traced.`,
        },
        `Route ${by.name} sends it to the appliance at ${shown}; what that does with it is not traced.`,
      ),
    ];
  }
  const name = targetName(context, holder);
  const routed = passGuards(context, pass(walk, step), holder, 'inbound');
  if (routed.end) return [routed];
  if (!holder.forwards) {
    return [
      stop(
        routed,
        {
          piece: holder.interfaceId,
          with: [holder.machineId],
          says: `${capital(name)} gets it, but its interface is not allowed to forward what is meant for others (IP forwarding is off).`,
        },
        `Stopped at ${name}: its interface may not forward (IP forwarding is off).`,
      ),
    ];
  }
  const at = pass(routed, {
    piece: holder.interfaceId,
    with: [holder.machineId, holder.subnet?.id],
    says: `${capital(name)} gets it and decides whether it goes on; here it is taken to.`,
  });
  const out = passGuards(context, at, holder, 'outbound');
  return out.end ? [out] : followRoute(context, out, holder, goal, true);
}
