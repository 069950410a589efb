import { throughFrontend } from './balance.ts';
import { deliver } from './deliver.ts';
import type { NextHop } from './effective-route.ts';
import { isLocal, networkOfGoal, type Goal } from './goal.ts';
import type { Attachment } from './network-parts.ts';
import { pass, stop, type Step, type Walk } from './walk.ts';
import { addressText, called, capital, portText, type TraceContext } from './words.ts';

/** Takes a packet through the virtual network, or over to a peered one, to where it is meant to go. */
export function withinNetwork(
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
  const goalNetwork = networkOfGoal(context, goal);
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
