import { throughFrontend, type BalanceOptions } from './balance.ts';
import { chained } from './chained.ts';
import { deliver } from './deliver.ts';
import { textOf, unspecified } from './addresses.ts';
import type { PublicAddress } from './network-parts.ts';
import { addressParty, attachmentParty, internetParty, type Packet } from './packet.ts';
import { giveUpAt, toCheck } from './untraced.ts';
import { giveUp, pass, stop, type Walk } from './walk.ts';
import { addressText, called, Called, portText, withAddress, type TraceContext } from './words.ts';

/** What a public address is called with what people dial: `the agents' public IP address (203.0.113.11)`. */
export const publicName = (context: TraceContext, { id, address }: PublicAddress): string =>
  withAddress(called(context, id), address);

/** A packet for a public address. Where the address is not known yet, nothing but that address fits it. */
export const toPublic = (packet: Packet, { family, address }: PublicAddress): Packet => ({
  ...packet,
  destination:
    address === undefined
      ? { ...internetParty(family), within: [unspecified[family]] }
      : addressParty(address),
});

/** Takes a packet in at a public address: to the load balancer, machine or gateway that holds it. */
export function throughPublicAddress(
  context: TraceContext,
  walk: Walk,
  publicAddress: PublicAddress,
  options: Omit<BalanceOptions, 'isClosedWithoutGroup'>,
): Walk[] {
  const { index } = context;
  const { id, isStandard, address, fqdn } = publicAddress;
  const packet = toPublic(walk.packet, publicAddress);
  const placed = index.frontendsByPublicIp.get(id)?.[0];
  const dialled = address === undefined ? Called(context, id) : textOf(address);
  const facts = [
    ['Address', addressText(address)],
    ['DNS name', fqdn],
  ] as const;
  if (placed) {
    const { balancer } = placed;
    const at = pass(walk, {
      piece: id,
      with: [balancer.id],
      says: `${dialled} belongs to ${called(context, balancer.id)}.`,
      facts,
      packet,
      links: [
        ['internet', id],
        [id, balancer.id],
      ],
    });
    return throughFrontend(context, at, placed, {
      ...options,
      isClosedWithoutGroup: isStandard || balancer.isStandard,
    });
  }
  const attachment = index.attachmentByPublicIp.get(id);
  if (attachment) {
    const { interfaceId } = attachment;
    const own = withAddress(called(context, interfaceId), attachment.address);
    const at = pass(walk, {
      piece: id,
      with: [interfaceId],
      says: `${dialled} belongs to ${own}: Azure writes the private address into the packet.`,
      facts,
      packet: { ...packet, destination: attachmentParty(attachment) },
      links: [
        ['internet', id],
        [id, interfaceId],
      ],
    });
    const dialledPort = portText(packet.protocol, packet.port);
    return [
      deliver(context, chained(context, at, attachment.chainedTo), attachment, {
        isClosedWithoutGroup: isStandard,
        summary: (end) => `${dialledPort} at ${dialled} reaches ${end}.`,
      }),
    ];
  }
  return [atOtherHolder(context, walk, publicAddress, packet)];
}

function atOtherHolder(
  context: TraceContext,
  walk: Walk,
  { id, address, holderId }: PublicAddress,
  packet: Packet,
): Walk {
  const { index } = context;
  const dialled = address === undefined ? Called(context, id) : textOf(address);
  const step = { piece: id, packet, links: [['internet', id] as const] };
  const gateway = index.natGatewayByPublicIp.get(id);
  if (gateway) {
    const name = called(context, gateway.id);
    return stop(
      walk,
      {
        ...step,
        with: [gateway.id],
        says: `${dialled} belongs to ${name}, which only lets connections out.`,
      },
      `Stopped at ${dialled}: it belongs to ${name}, which only lets connections out.`,
    );
  }
  const holder = resourceAround(context, holderId);
  if (holder === undefined && holderId !== undefined) {
    return giveUp(
      walk,
      {
        ...step,
        says: `What ${dialled} belongs to is not among these resources.`,
        facts: [toCheck(holderId)],
      },
      `Not traced further than ${dialled}: what it belongs to is not among these resources.`,
    );
  }
  if (holder === undefined) {
    const why = 'nothing is attached to it';
    return stop(
      walk,
      { ...step, says: `${dialled} leads nowhere: ${why}.` },
      `Stopped at ${dialled}: ${why}.`,
    );
  }
  const name = called(context, holder);
  const at = pass(walk, {
    ...step,
    with: [holder],
    says: `${dialled} belongs to ${name}.`,
    links: [...step.links, [id, holder]],
  });
  return giveUpAt(context, at, holder);
}

/** The resource that an id names or names a part of. */
function resourceAround({ index }: TraceContext, id: string | undefined): string | undefined {
  let rest = id ?? '';
  while (rest.includes('/providers/')) {
    if (index.resources.has(rest)) return rest;
    rest = rest.slice(0, rest.lastIndexOf('/'));
  }
  return undefined;
}
