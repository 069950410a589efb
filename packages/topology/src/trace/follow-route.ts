import { toAppliance } from './appliance.ts';
import { nextHop } from './effective-route.ts';
import { isHolder, networkOfGoal, type Goal } from './goal.ts';
import { isPublicAddress, type Address, type Family } from './addresses.ts';
import { learnedNote, learnsFrom, sourcesText } from './learned-routes.ts';
import { goOut } from './leave-network.ts';
import type { Attachment, Route, Subnet } from './network-parts.ts';
import { destinationText } from './packet.ts';
import { gatewayAt } from './read-networks.ts';
import { routeFacts } from './route-facts.ts';
import type { Party } from './service-tags.ts';
import { giveUpAt, toCheck } from './untraced.ts';
import { doubt, giveUp, pass, stop, type Walk } from './walk.ts';
import { withoutRoute, withinNetwork } from './within-network.ts';
import { called, Called, capital, targetName, type TraceContext } from './words.ts';

const effectiveRoutes = 'the effective routes of the network interface';

/**
 * Takes a packet that has left an interface where the routes of its subnet send it. Gateways and appliances decide by
 * what is not evaluated here, so a route to one of them is as far as it is traced.
 */
export function followRoute(context: TraceContext, walk: Walk, source: Attachment, goal: Goal): Walk[] {
  const { index } = context;
  const { subnet } = source;
  if (!subnet) {
    const name = targetName(context, source);
    return [
      giveUp(
        walk,
        {
          piece: source.interfaceId,
          says: `The subnet of ${name} is not among these resources, so its routes are not known.`,
          facts: [toCheck(effectiveRoutes)],
        },
        `Not traced further than ${name}: its subnet, and so its routes, are not among these resources.`,
      ),
    ];
  }
  const tableId = subnet.routeTableId;
  const known =
    tableId === undefined || index.routeTables.has(tableId)
      ? walk
      : doubt(
          walk,
          `${called(context, tableId)}, whose routes are not among these resources, sends it no other way`,
        );
  const { destination } = walk.packet;
  const hop = nextHop(index, subnet, targetOf(destination));
  switch (hop.kind) {
    case 'network':
    case 'peering':
      return withinNetwork(context, known, source, goal, hop);
    case 'nowhere':
      return [dropped(context, known, source, goal, hop.route)];
    case 'gateway':
      return [toGateway(context, known, subnet, hop.route)];
    case 'appliance':
      return [toAppliance(context, known, source, hop)];
    case 'internet':
      return toInternet(context, known, source, goal, hop.route);
  }
}

/** What routes are asked for: an address, one of the range in which an unknown one lies, or any on the internet. */
const targetOf = ({ family, address, within }: Party): Address | Family =>
  address ?? within[0]?.first ?? family;

/** No way on: a route of the user's drops it, or there is none. What gateways have learned may lead there all the same. */
function dropped(
  context: TraceContext,
  walk: Walk,
  source: Attachment,
  goal: Goal,
  by: Route | undefined,
): Walk {
  if (by?.nextHop !== 'none') return withoutKnownRoute(context, walk, source, goal);
  return stop(
    walk,
    {
      piece: by.id,
      with: [source.subnet?.routeTableId, source.subnet?.id],
      says: `Route ${by.name} drops what is meant for ${by.prefix}.`,
      facts: routeFacts(context, by, source.subnet),
    },
    `Stopped at route ${by.name}: it drops what is meant for ${by.prefix}.`,
  );
}

/**
 * No route of the network's own or of the user's leads on. Where a gateway or route server hands its routes to the subnet,
 * one of those may: private networks elsewhere are reached by nothing else.
 */
function withoutKnownRoute(context: TraceContext, walk: Walk, source: Attachment, goal: Goal): Walk {
  const { subnet } = source;
  const sources = subnet ? learnsFrom(context.index, subnet) : [];
  const [first] = sources;
  if (!subnet || first === undefined) return withoutRoute(context, walk, source, goal);
  const shown = destinationText(walk.packet);
  const names = sourcesText(context, sources);
  return giveUp(
    walk,
    {
      piece: first,
      with: [subnet.networkId, subnet.id, ...sources, networkOfGoal(context, goal)],
      says: `${Called(context, subnet.networkId)} itself has no route to ${shown}. ${capital(names)} may have learned one, which only Azure knows.`,
      facts: [toCheck(effectiveRoutes)],
    },
    `Not traced further than ${called(context, subnet.networkId)}: only ${names} may have learned a route to ${shown}.`,
  );
}

function toGateway(context: TraceContext, walk: Walk, subnet: Subnet, by: Route): Walk {
  // A user's route leads to a gateway whether the subnet takes over its routes or not.
  const gateway = learnsFrom(context.index, { ...subnet, routeTableId: undefined }).find(
    (id) => gatewayAt(id) !== undefined,
  );
  const step = {
    piece: by.id,
    with: [subnet.routeTableId, subnet.id],
    says: `Route ${by.name} sends ${destinationText(walk.packet)} to the network's gateway.`,
    facts: routeFacts(context, by, subnet),
  };
  if (gateway !== undefined) {
    return giveUpAt(context, pass(walk, step), gateway, { with: [subnet.networkId] });
  }
  return giveUp(
    walk,
    {
      ...step,
      says: `${step.says} No gateway of ${called(context, subnet.networkId)} is among these resources.`,
      facts: [
        ...step.facts,
        toCheck('whether the network has a virtual network gateway, and its connections'),
      ],
    },
    `Not traced further than route ${by.name}: it leads to the network's gateway, which is not among these resources.`,
  );
}

function toInternet(
  context: TraceContext,
  walk: Walk,
  source: Attachment,
  goal: Goal,
  by: Route | undefined,
): Walk[] {
  const { subnet } = source;
  const { address } = walk.packet.destination;
  const isPublic = address !== undefined && isPublicAddress(address);
  if (isHolder(goal) || (goal.kind === 'unknown' && !isPublic)) {
    if (!by) return [withoutKnownRoute(context, walk, source, goal)];
    return [
      stop(
        walk,
        {
          piece: by.id,
          with: [subnet?.routeTableId, subnet?.id],
          says: `Route ${by.name} sends ${destinationText(walk.packet)} to the internet, where nothing has a private address.`,
          facts: routeFacts(context, by, subnet),
        },
        `Stopped at route ${by.name}: it sends a private address to the internet.`,
      ),
    ];
  }
  const note = subnet && learnedNote(context, subnet);
  const byTag = routesByTag(context, subnet);
  const tagFact = [
    'Routes by service tag',
    byTag.length === 0
      ? undefined
      : `${byTag.map(({ name, prefix }) => `${name} (${prefix})`).join(', ')}: which addresses these stand for is not known here`,
  ] as const;
  let current = walk;
  if (by) {
    current = pass(walk, {
      piece: by.id,
      with: [subnet?.routeTableId, subnet?.id],
      says: `Route ${by.name} sends ${destinationText(walk.packet)} to the internet.`,
      facts: [...routeFacts(context, by, subnet), tagFact],
    });
  } else if (subnet && (note !== undefined || byTag.length > 0)) {
    current = pass(walk, {
      piece: subnet.networkId,
      with: [subnet.id],
      says: `No route that is known here holds for ${destinationText(walk.packet)}, so it goes out to the internet.`,
      facts: [['Learned routes', note], tagFact],
    });
  }
  if (isPublic) {
    for (const { name, prefix } of byTag) {
      current = doubt(
        current,
        `route ${name} does not hold for it: which addresses ${prefix} stands for is not known here`,
      );
    }
  }
  return goOut(context, current, source, goal);
}

/** User-defined routes for the addresses of a service, which lead elsewhere than to the internet. */
const routesByTag = ({ index }: TraceContext, subnet: Subnet | undefined): Route[] =>
  (index.routeTables.get(subnet?.routeTableId ?? '')?.routes ?? []).filter(
    ({ range, prefix, nextHop: hop }) => range === undefined && prefix !== '' && hop !== 'internet',
  );
