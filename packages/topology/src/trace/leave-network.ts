import { chained } from './chained.ts';
import { throughPublicAddress } from './enter.ts';
import type { Goal } from './goal.ts';
import { textOf } from './addresses.ts';
import type { Attachment } from './network-parts.ts';
import { internetParty, type Packet } from './packet.ts';
import { learnsFrom, sourcesText } from './learned-routes.ts';
import { toCheck } from './untraced.ts';
import { arrive, giveUp, pass, stop, type Step, type Walk } from './walk.ts';
import { wayOut, type WayOut } from './way-out.ts';
import { Called, capital, portText, targetName, type TraceContext } from './words.ts';

/** From the edge of the network to the internet, or to a public address of these resources. */
export function goOut(context: TraceContext, walk: Walk, source: Attachment, goal: Goal): Walk[] {
  const way = wayOut(context.index, source, walk.packet.protocol);
  const out = passWayOut(context, walk, source, way);
  if (out.end) return [out];
  if (goal.kind === 'publicAddress') {
    return throughPublicAddress(context, out, goal.publicAddress, { sourceId: undefined });
  }
  const { protocol, port, from, to } = walk.packet;
  const as = out.packet.source.address;
  const shown = as === undefined ? '' : ` as ${textOf(as)}`;
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
    source: internetParty(source.family, index.publicAddresses.get(publicIpId ?? '')?.address),
  });
  const shownAs = (publicIpId: string | undefined): string => {
    const address = index.publicAddresses.get(publicIpId ?? '')?.address;
    return address === undefined ? 'an address that is not known yet' : textOf(address);
  };
  switch (way.kind) {
    case 'natGateway': {
      const isV4 = source.family === 'ipv4';
      const [publicIpId] = isV4 ? way.gateway.publicIpIds : way.gateway.publicIpV6Ids;
      const hasPrefix = isV4 ? way.gateway.hasPrefix : way.gateway.hasPrefixV6;
      return pass(walk, {
        piece: way.gateway.id,
        with: [publicIpId, source.subnet?.id],
        says: `${Called(context, way.gateway.id)} lets it out as ${publicIpId === undefined && hasPrefix ? 'an address of its prefix' : shownAs(publicIpId)}.`,
        packet: as(publicIpId),
        links: [
          [source.subnet?.id, way.gateway.id],
          [way.gateway.id, publicIpId],
          [publicIpId, 'internet'],
        ],
      });
    }
    case 'publicIp':
      return pass(chained(context, walk, source.chainedTo), {
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
      return pass(chained(context, walk, frontend.chainedTo), {
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
    case 'unclear':
      return giveUp(
        walk,
        {
          piece: source.subnet?.natGatewayId ?? source.interfaceId,
          with: [source.interfaceId, source.subnet?.id],
          says: `Whether ${name} gets out to the internet by IPv6 is not known here: ${way.why}.`,
          facts: [toCheck(way.check)],
        },
        `Not traced further than ${name}: ${way.why}.`,
      );
    case 'none': {
      const step: Step = {
        piece: source.interfaceId,
        with: [source.machineId, source.subnet?.id],
        says: `Nothing leads ${name} out to the internet: ${way.why}.`,
      };
      const sources = source.subnet ? learnsFrom(index, source.subnet) : [];
      if (sources.length === 0) {
        return stop(walk, step, `Stopped at ${name}: nothing leads it out to the internet (${way.why}).`);
      }
      const names = sourcesText(context, sources);
      return giveUp(
        walk,
        {
          ...step,
          says: `${step.says} ${capital(names)} may have learned a route that does, which only Azure knows.`,
          facts: [toCheck('the effective routes of the network interface')],
        },
        `Not traced further than ${name}: nothing here leads it out to the internet (${way.why}), but ${names} may have learned a route that does.`,
      );
    }
  }
}
