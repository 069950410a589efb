import { nextHop } from './effective-route.ts';
import { isUnguarded, passGuards } from './guard.ts';
import { contains } from './addresses.ts';
import type { Attachment } from './network-parts.ts';
import { offState } from './power.ts';
import { giveUpAt } from './untraced.ts';
import { arrive, pass, stop, type Walk } from './walk.ts';
import {
  addressText,
  called,
  Called,
  capital,
  portText,
  targetName,
  withAddress,
  type TraceContext,
} from './words.ts';

export interface DeliverOptions {
  /** Whether it comes through a Standard public address, which lets nothing in that no security group admits. */
  isClosedWithoutGroup?: boolean;
  /** The summary of a path that arrives, from what its end is called. */
  summary: (target: string) => string;
}

/** Brings a packet into a configuration: past the security groups and the interface, to the machine. */
export function deliver(
  context: TraceContext,
  walk: Walk,
  attachment: Attachment,
  options: DeliverOptions,
): Walk {
  const { interfaceId, serviceId } = attachment;
  if (serviceId !== undefined) return giveUpAt(context, walk, serviceId, { with: [interfaceId] });
  if (options.isClosedWithoutGroup === true && isUnguarded(attachment)) {
    const name = targetName(context, attachment);
    return stop(
      walk,
      {
        piece: interfaceId,
        with: [attachment.machineId, attachment.subnet?.id],
        says: `No security group guards ${name}, and a Standard public address lets nothing in that none admits.`,
      },
      `Stopped before ${name}: a Standard public address lets nothing in without a security group that admits it.`,
    );
  }
  const guarded = passGuards(context, walk, attachment, 'inbound');
  if (guarded.end) return guarded;
  return reachMachine(context, passInterface(context, guarded, attachment), attachment, options);
}

function passInterface(context: TraceContext, walk: Walk, attachment: Attachment): Walk {
  const { interfaceId, machineId, scaleSetId, subnet, address } = attachment;
  if (interfaceId === machineId) return walk;
  const place = subnet ? ` in ${called(context, subnet.id)}` : '';
  return pass(walk, {
    piece: interfaceId,
    with: [subnet?.id, scaleSetId],
    says: `${Called(context, interfaceId)} takes it${place}.`,
    facts: [
      ['Private address', addressText(address)],
      [
        'Application security groups',
        [...attachment.applicationGroupIds].map((id) => id.split('/').at(-1)).join(', ') || undefined,
      ],
    ],
    links: [[interfaceId, machineId]],
  });
}

function reachMachine(
  context: TraceContext,
  walk: Walk,
  attachment: Attachment,
  { summary }: DeliverOptions,
): Walk {
  const { interfaceId, machineId, scaleSetId, address } = attachment;
  const { protocol, port } = walk.packet;
  const name = targetName(context, attachment);
  if (machineId === undefined) {
    return stop(
      walk,
      { piece: interfaceId, says: `No machine uses ${name}, so nothing answers.` },
      `Stopped at ${name}: no machine uses it.`,
    );
  }
  const power = context.index.powerOf.get(machineId);
  const step = {
    piece: machineId,
    with: [interfaceId, scaleSetId],
    facts: [
      ['Power', power],
      ['Address', addressText(address)],
      ['Replies', repliesElsewhere(context, walk, attachment)],
    ] as const,
    links: [[interfaceId, machineId] as const],
  };
  const off = offState(power);
  if (off !== undefined) {
    return stop(
      walk,
      { ...step, says: `${capital(name)} is ${off}, so nothing answers there.` },
      `Stopped at ${name}: it is ${off}, so nothing answers.`,
    );
  }
  const at = protocol === 'Icmp' ? '' : `, port ${port}`;
  const unknown = address === undefined ? ' Its address is not known yet.' : '';
  return arrive(
    walk,
    { ...step, says: `${portText(protocol, port)} arrives at ${withAddress(name, address)}${at}.${unknown}` },
    summary(withAddress(name, address)),
  );
}

/**
 * Where answers to the internet would go, if the subnet's routes send them elsewhere than they came from: the connection
 * then does not come about (virtual network traffic routing; asymmetric routes).
 */
function repliesElsewhere(context: TraceContext, walk: Walk, { subnet }: Attachment): string | undefined {
  const { source } = walk.packet;
  const isOutside =
    source.within.length === 0 && subnet !== undefined && !isInside(context, subnet.networkId, walk);
  if (!isOutside) return undefined;
  const hop = nextHop(context.index, subnet, source.address ?? source.family);
  if (hop.kind !== 'appliance' && hop.kind !== 'gateway' && hop.kind !== 'nowhere') return undefined;
  if (!hop.route) return undefined;
  return `route ${hop.route.name} sends them another way than the connection came, so it may not come about`;
}

function isInside({ index }: TraceContext, networkId: string, { packet }: Walk): boolean {
  const { address } = packet.source;
  if (address === undefined) return false;
  return (index.networks.get(networkId)?.ranges ?? []).some((range) => contains(range, address));
}
