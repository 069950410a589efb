import { followRoute } from './follow-route.ts';
import type { Goal } from './goal.ts';
import { passGuards } from './guard.ts';
import type { Attachment } from './network-parts.ts';
import type { Packet } from './packet.ts';
import { offState } from './power.ts';
import { arrive, pass, startWalk, stop, type Step, type Walk } from './walk.ts';
import { addressText, capital, portText, targetName, withAddress, type TraceContext } from './words.ts';

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
  return followRoute(context, guarded, source, goal);
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
  const off = offState(power);
  if (off === undefined) return pass(walk, step);
  const why = `${capital(packet.from)} is ${off}, so it opens no connections.`;
  return stop(walk, { ...step, says: why }, why);
}
