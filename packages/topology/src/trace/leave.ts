import { throughFrontend } from './balance.ts';
import { deliver, targetName } from './deliver.ts';
import { nextHop, type NextHop } from './effective-route.ts';
import { throughPublicAddress } from './enter.ts';
import { passGuards } from './guard.ts';
import { contains, ipv4Text, notPublicRanges } from './ipv4.ts';
import type { PlacedFrontend } from './network-index.ts';
import type { Attachment, PublicAddress, Route } from './network-parts.ts';
import { addressParty, internetParty, type Packet } from './packet.ts';
import type { Party } from './service-tags.ts';
import { arrive, pass, startWalk, stop, type Step, type Walk } from './walk.ts';
import { wayOut, type WayOut } from './way-out.ts';
import { addressText, called, Called, capital, portText, withAddress, type TraceContext } from './words.ts';

/** Where a machine wants to go. */
export type Goal =
  | { readonly kind: 'attachment'; readonly attachment: Attachment }
  | { readonly kind: 'frontend'; readonly placed: PlacedFrontend }
  | { readonly kind: 'publicAddress'; readonly publicAddress: PublicAddress }
  /** Any address on the internet, or a certain one. */
  | { readonly kind: 'internet'; readonly address: number | undefined }
  /** A private address that nothing here has. */
  | { readonly kind: 'unknown'; readonly address: number };

/** Follows a connection that a machine opens: past its security groups, by its routes, to where it is meant to go. */
export function leave(context: TraceContext, packet: Packet, source: Attachment, goal: Goal): Walk[] {
  const opened = open(context, packet, source);
  if (opened.end) return [opened];
  if (goal.kind === 'attachment' && isSameMachine(goal.attachment, source)) {
    const name = targetName(context, source);
    return [
      arrive(
        opened,
        {
          piece: source.machineId ?? source.interfaceId,
          says: `${capital(name)} reaches itself without the network.`,
        },
        `${capital(name)} reaches itself without the network.`,
      ),
    ];
  }
  const guarded = passGuards(context, opened, source, 'outbound');
  if (guarded.end) return [guarded];
  return route(context, guarded, source, goal);
}

const isSameMachine = (one: Attachment, other: Attachment): boolean =>
  one.id === other.id && one.count === 1 && one.machineId !== undefined;

function open(context: TraceContext, packet: Packet, source: Attachment): Walk {
  const piece = source.machineId ?? source.interfaceId;
  const power = context.index.powerOf.get(piece);
  const step: Step = {
    piece,
    with: [source.interfaceId, source.scaleSetId, source.subnet?.id],
    says: `${capital(withAddress(packet.from, source.address))} opens a connection to ${packet.to}, ${portText(packet.protocol, packet.port)}.`,
    facts: [
      ['Address', addressText(source.address)],
      ['Power', power],
    ],
    links: [[source.machineId, source.interfaceId]],
  };
  const walk = startWalk(packet);
  if (power === undefined || power === 'running' || power === 'starting') return pass(walk, step);
  const why = `${capital(packet.from)} is ${power}, so it opens no connections.`;
  return stop(walk, { ...step, says: why }, why);
}

function route(
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
      return toLocal(context, walk, source, goal, hop);
    case 'nowhere':
      return [nowhere(context, walk, source, goal, hop.route)];
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
        if (!isPublic || goal.kind !== 'unknown') return [nowhere(context, walk, source, goal, hop.route)];
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

const isLocal = (goal: Goal): boolean => goal.kind === 'attachment' || goal.kind === 'frontend';

/** One address of the range in which an unknown destination lies; nothing for the internet. */
const inside = ({ within }: Party): number | undefined => within[0]?.first;

const routeFacts = ({ name, prefix, nextHop: hop, nextAddress }: Route): [string, string | undefined][] => [
  ['Route', name],
  ['For', prefix],
  ['Next hop', `${hop}${nextAddress === undefined ? '' : ` ${ipv4Text(nextAddress)}`}`],
];

function toLocal(
  context: TraceContext,
  walk: Walk,
  source: Attachment,
  goal: Goal,
  hop: Extract<NextHop, { kind: 'network' | 'peering' }>,
): Walk[] {
  const networkId = source.subnet?.networkId ?? '';
  const shown = addressText(walk.packet.destination.address);
  const where = walk.packet.destination.address === undefined ? walk.packet.to : shown;
  const remote = hop.kind === 'peering' ? hop.peering.remoteId : networkId;
  const goalNetwork = networkOf(context, goal);
  if (!isLocal(goal)) {
    return [
      stop(
        walk,
        {
          piece: networkId,
          says: `${where} would lie in ${called(context, remote)}, but nothing there has this address.`,
        },
        `Stopped in ${called(context, remote)}: nothing there has the address ${where}.`,
      ),
    ];
  }
  if (goalNetwork !== undefined && goalNetwork !== remote && goalNetwork !== networkId) {
    return [nowhere(context, walk, source, goal, undefined)];
  }
  const step: Step =
    hop.kind === 'peering'
      ? {
          piece: networkId,
          with: [remote, source.subnet?.id],
          says: `${where} lies in ${called(context, remote)}, which is peered with ${called(context, networkId)}.`,
          facts: [
            ['Peering', hop.peering.name],
            ['State', hop.peering.state],
          ],
        }
      : {
          piece: networkId,
          with: [source.subnet?.id],
          says: `${capital(where)} lies in the same virtual network, so it goes there directly.`,
        };
  const at = pass(walk, step);
  return arriveLocally(context, at, source, goal);
}

function arriveLocally(context: TraceContext, walk: Walk, source: Attachment, goal: Goal): Walk[] {
  const { protocol, port, from } = walk.packet;
  if (goal.kind === 'frontend') {
    return throughFrontend(context, walk, goal.placed, { isClosedWithoutGroup: false, sourceId: source.id });
  }
  if (goal.kind !== 'attachment') return [walk];
  return [
    deliver(context, walk, goal.attachment, {
      summary: (end) => `${portText(protocol, port)} from ${from} reaches ${end}.`,
    }),
  ];
}

function networkOf({ index }: TraceContext, goal: Goal): string | undefined {
  if (goal.kind === 'attachment') return goal.attachment.subnet?.networkId;
  if (goal.kind !== 'frontend') return undefined;
  const { balancer, frontend } = goal.placed;
  const subnet = index.subnets.get(frontend.subnetId ?? '');
  const member = [...balancer.pools.keys()].flatMap((id) => index.members.get(id) ?? [])[0];
  return subnet?.networkId ?? member?.subnet?.networkId;
}

function nowhere(
  context: TraceContext,
  walk: Walk,
  source: Attachment,
  goal: Goal,
  by: Route | undefined,
): Walk {
  const networkId = source.subnet?.networkId ?? '';
  if (by && by.nextHop === 'none') {
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
  const network = called(context, networkId);
  const other = networkOf(context, goal);
  if (other !== undefined && other !== networkId) {
    const peering = context.index.networks
      .get(networkId)
      ?.peerings.find(({ remoteId }) => remoteId === other);
    const why =
      peering === undefined
        ? `it is not peered with ${called(context, other)}`
        : peering.state.toLowerCase() === 'connected'
          ? `its peering with ${called(context, other)} gives no access`
          : `its peering with ${called(context, other)} is not connected (${peering.state})`;
    return stop(
      walk,
      {
        piece: networkId,
        with: [other],
        says: `${capital(network)} leads nowhere near ${walk.packet.to}: ${why}.`,
      },
      `Stopped at the edge of ${network}: ${why}.`,
    );
  }
  const where = addressText(walk.packet.destination.address);
  return stop(
    walk,
    { piece: networkId, with: [source.subnet?.id], says: `${capital(network)} has no route to ${where}.` },
    `Stopped in ${network}: no route leads to ${where}.`,
  );
}

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
  return out.end ? [out] : route(context, out, holder, goal, true);
}

/** From the edge of the network to the internet, or to a public address of these resources. */
function goOut(context: TraceContext, walk: Walk, source: Attachment, goal: Goal): Walk[] {
  const way = wayOut(context.index, source, walk.packet.protocol);
  const out = passWayOut(context, walk, source, way);
  if (out.end) return [out];
  if (goal.kind === 'publicAddress') {
    return throughPublicAddress(context, out, goal.publicAddress, { sourceId: undefined });
  }
  const { protocol, port, from, to } = walk.packet;
  const as = out.packet.source.address;
  const shown = as === undefined ? '' : ` as ${ipv4Text(as)}`;
  return [
    arrive(
      out,
      { piece: 'internet', says: `${portText(protocol, port)} reaches ${to}${shown}.` },
      `${portText(protocol, port)} from ${from} reaches ${to}${shown}.`,
    ),
  ];
}

function passWayOut(context: TraceContext, walk: Walk, source: Attachment, way: WayOut): Walk {
  const { index } = context;
  const name = targetName(context, source);
  /** The packet with a public address as its source; security groups further on see that one. */
  const as = (publicIpId: string | undefined): Packet => ({
    ...walk.packet,
    source: internetParty(index.publicAddresses.get(publicIpId ?? '')?.address),
  });
  const shownAs = (publicIpId: string | undefined): string => {
    const address = index.publicAddresses.get(publicIpId ?? '')?.address;
    return address === undefined ? 'an address that is not known yet' : ipv4Text(address);
  };
  switch (way.kind) {
    case 'natGateway': {
      const [publicIpId] = way.gateway.publicIpIds;
      return pass(walk, {
        piece: way.gateway.id,
        with: [publicIpId, source.subnet?.id],
        says: `${Called(context, way.gateway.id)} lets it out as ${publicIpId === undefined && way.gateway.hasPrefix ? 'an address of its prefix' : shownAs(publicIpId)}.`,
        packet: as(publicIpId),
        links: [
          [source.subnet?.id, way.gateway.id],
          [way.gateway.id, publicIpId],
          [publicIpId, 'internet'],
        ],
      });
    }
    case 'publicIp':
      return pass(walk, {
        piece: way.publicIpId ?? source.interfaceId,
        with: [source.interfaceId],
        says: `${capital(name)} goes out by its own public address, ${shownAs(way.publicIpId)}.`,
        packet: as(way.publicIpId),
        links: [
          [source.interfaceId, way.publicIpId],
          [way.publicIpId, 'internet'],
        ],
      });
    case 'balancer': {
      const { balancer, frontend, ruleId, outbound } = way;
      const { publicIpId } = frontend;
      return pass(walk, {
        piece: ruleId,
        with: [balancer.id, publicIpId],
        says: `${Called(context, balancer.id)} lets it out as ${shownAs(publicIpId)}: ${outbound ? `outbound rule ${outbound.name}` : 'a balancing rule that also lets its machines out'}.`,
        facts: [
          [
            'Ports for each machine',
            outbound?.ports === undefined
              ? undefined
              : outbound.ports === 0
                ? 'as many as there are for the size of the pool'
                : String(outbound.ports),
          ],
        ],
        packet: as(publicIpId),
        links: [
          [source.interfaceId, ruleId],
          [balancer.id, publicIpId],
          [publicIpId, 'internet'],
        ],
      });
    }
    case 'default':
      return pass(walk, {
        piece: source.subnet?.id ?? source.interfaceId,
        says: `Nothing here leads ${name} out, so Azure lends it a public address (default outbound access), which may change.`,
        facts: [['Since', 'Azure gives new virtual networks none of this any more']],
        packet: as(undefined),
      });
    case 'none':
      return stop(
        walk,
        {
          piece: source.interfaceId,
          with: [source.machineId, source.subnet?.id],
          says: `Nothing leads ${name} out to the internet: ${way.why}.`,
        },
        `Stopped at ${name}: nothing leads it out to the internet (${way.why}).`,
      );
  }
}

/** The destination of a packet for a goal, as security rules see it before any translation. */
export function goalParty(goal: Goal, attachmentParty: (attachment: Attachment) => Party): Party {
  switch (goal.kind) {
    case 'attachment':
      return attachmentParty(goal.attachment);
    case 'frontend': {
      const { address } = goal.placed.frontend;
      return address === undefined
        ? { ...internetParty(), within: [{ first: 0, last: 0 }] }
        : addressParty(address);
    }
    case 'publicAddress':
      return internetParty(goal.publicAddress.address);
    case 'internet':
      return internetParty(goal.address);
    case 'unknown':
      return addressParty(goal.address);
  }
}
