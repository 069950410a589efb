import { throughFrontend } from './balance.ts';
import { deliver } from './deliver.ts';
import type { NextHop } from './effective-route.ts';
import { isHolder, networkOfGoal, type Goal, type Holder } from './goal.ts';
import { contains } from './addresses.ts';
import type { Attachment } from './network-parts.ts';
import { destinationText } from './packet.ts';
import { giveUpAt, toCheck } from './untraced.ts';
import { giveUp, pass, stop, type Step, type Walk } from './walk.ts';
import { addressText, called, capital, listed, portText, type TraceContext } from './words.ts';

/** Takes a packet through the virtual network, or over to a peered one, to where it is meant to go. */
export function withinNetwork(
  context: TraceContext,
  walk: Walk,
  source: Attachment,
  goal: Goal,
  hop: Extract<NextHop, { kind: 'network' | 'peering' }>,
): Walk[] {
  const networkId = source.subnet?.networkId ?? '';
  const where = destinationText(walk.packet);
  const remote = hop.kind === 'peering' ? hop.peering.remoteId : networkId;
  const goalNetwork = networkOfGoal(context, goal);
  if (!isHolder(goal)) return [nobodyThere(context, walk, networkId, remote)];
  if (goalNetwork !== undefined && goalNetwork !== remote && goalNetwork !== networkId) {
    return [withoutRoute(context, walk, source, goal)];
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

function arriveLocally(context: TraceContext, walk: Walk, source: Attachment, goal: Holder): Walk[] {
  const { protocol, port, from } = walk.packet;
  if (goal.kind === 'untraced') return [giveUpAt(context, walk, goal.piece.id)];
  if (goal.kind === 'frontend') {
    return throughFrontend(context, walk, goal.placed, { isClosedWithoutGroup: false, sourceId: source.id });
  }
  return [
    deliver(context, walk, goal.attachment, {
      summary: (end) => `${portText(protocol, port)} from ${from} reaches ${end}.`,
    }),
  ];
}

/**
 * Ends where nothing among the resources has an address of the network. Where the network, or what stands in the subnet,
 * is not among them, something may have it all the same.
 */
function nobodyThere(context: TraceContext, walk: Walk, networkId: string, remoteId: string): Walk {
  const { index } = context;
  const { address } = walk.packet.destination;
  const where = destinationText(walk.packet);
  const remote = called(context, remoteId);
  const network = index.networks.get(remoteId);
  if (!network) {
    return giveUp(
      walk,
      {
        piece: networkId,
        with: [remoteId],
        says: `${where} lies in ${remote}, which is not among these resources.`,
        facts: [toCheck(`what has the address there, and the security groups before it`)],
      },
      `Not traced further than ${called(context, networkId)}: ${where} lies in ${remote}, which is not among these resources.`,
    );
  }
  const subnet = network.subnets.find(
    ({ ranges }) => address !== undefined && ranges.some((range) => contains(range, address)),
  );
  const holders = [...index.untraced.values()].filter(({ subnetIds }) =>
    subnetIds.includes(subnet?.id ?? ''),
  );
  if (subnet && (subnet.isDelegated || holders.length > 0)) {
    const whose =
      holders.length > 0 ? listed(holders.map(({ id }) => called(context, id))) : 'an Azure service';
    return giveUp(
      walk,
      {
        piece: subnet.id,
        with: [networkId, remoteId, ...holders.map(({ id }) => id)],
        says: `${where} lies in ${called(context, subnet.id)}, where instances of ${whose} stand that are no resources of their own.`,
        facts: [toCheck(`what has the address ${where}`)],
      },
      `Not traced further than ${called(context, subnet.id)}: an instance of ${whose} may have the address ${where}.`,
    );
  }
  return stop(
    walk,
    {
      piece: networkId,
      says: `${where} would lie in ${remote}, but nothing there has this address.`,
    },
    `Stopped in ${remote}: nothing there has the address ${where}.`,
  );
}

/** Stops a packet that no route of the network leads on, and says why. */
export function withoutRoute(context: TraceContext, walk: Walk, source: Attachment, goal: Goal): Walk {
  const networkId = source.subnet?.networkId ?? '';
  const network = called(context, networkId);
  const other = networkOfGoal(context, goal);
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
