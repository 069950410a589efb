import { familyName, familyOf } from './addresses.ts';
import type { Connection } from './connection.ts';
import { publicName, throughPublicAddress, toPublic } from './enter.ts';
import { noGoal, noWalk, packetFromInternet } from './first-packet.ts';
import { goalsAt } from './goals.ts';
import { guardsBehind } from './guard.ts';
import type { Attachment, PublicAddress } from './network-parts.ts';
import type { Origin } from './origin.ts';
import { attachmentParty, internetParty } from './packet.ts';
import { takesPort } from './takes-port.ts';
import { attachmentsAt, entrancesTo, publicAddressesAt, type Entrance } from './trace-ends.ts';
import { toCheck } from './untraced.ts';
import { untracedAround } from './untraced-around.ts';
import { giveUp, pass, startWalk, stop, type Step, type Walk } from './walk.ts';
import { called, capital, listed, portText, type TraceContext } from './words.ts';

type Internet = Extract<Origin, { kind: 'internet' }>;

/** Follows a connection that somebody on the internet opens: in at every public address that leads to its target. */
export function fromInternet(context: TraceContext, connection: Connection, origin: Internet): Walk[] {
  const { to, port } = connection;
  if (to.kind === 'internet') {
    const why = 'What goes from the internet to the internet does not come by here.';
    return [noWalk(connection, { piece: 'internet', why, check: 'the networks that it goes through' })];
  }
  if (to.kind === 'address') return toAddress(context, connection, origin);
  const piece = to.piece?.toLowerCase() ?? '';
  const publicAddresses = publicAddressesAt(context, piece);
  if (publicAddresses.length > 0) {
    const matching = publicAddresses.filter((publicAddress) =>
      leadsSomewhere(context, connection, publicAddress),
    );
    const chosen = matching.length > 0 ? matching : publicAddresses;
    return enter(
      context,
      connection,
      origin,
      chosen.map((publicAddress) => ({ publicAddress, port, only: undefined })),
    );
  }
  const attachments = attachmentsAt(context, piece);
  if (attachments.length > 0) {
    const entrances = entrancesTo(context, attachments, connection);
    if (entrances.length > 0) return enter(context, connection, origin, entrances);
    return [withoutEntrance(context, connection, origin, { piece, attachments })];
  }
  if (piece === 'service') {
    const why = 'There is no public address here, so nothing comes in from the internet.';
    return [noWalk(connection, { piece: 'internet', why })];
  }
  return [noWalk(connection, noGoal(context, connection, called(context, piece), ' from the internet'))];
}

function toAddress(context: TraceContext, connection: Connection, origin: Internet): Walk[] {
  const { to, port } = connection;
  const { goals, name } = goalsAt(context, connection, undefined);
  const [goal] = goals;
  if (goal?.kind === 'publicAddress') {
    return enter(context, connection, origin, [{ publicAddress: goal.publicAddress, port, only: undefined }]);
  }
  if (goal?.kind === 'internet') {
    const why = `${name} is none of the public addresses here.`;
    return [noWalk(connection, { piece: 'internet', why, check: 'whose address it is' })];
  }
  const why = `${to.address ?? 'This address'} is private: nobody on the internet can dial it.`;
  return [noWalk(connection, { piece: 'internet', why })];
}

function leadsSomewhere(
  context: TraceContext,
  connection: Connection,
  publicAddress: PublicAddress,
): boolean {
  const { index } = context;
  const { id, holderId } = publicAddress;
  return (
    takesPort(context, connection, { kind: 'publicAddress', publicAddress }) ||
    index.attachmentByPublicIp.has(id) ||
    [...index.untraced.values()].some(
      (piece) => piece.type.leadsIn === 'connections' && holderId?.startsWith(`${piece.id}/`),
    )
  );
}

/** Follows a connection in at some public addresses; a certain sender only to addresses of its own family. */
export function enter(
  context: TraceContext,
  connection: Connection,
  origin: Internet,
  entrances: readonly Entrance[],
): Walk[] {
  const { address, name: from } = origin;
  const own = entrances.filter(
    ({ publicAddress }) => address === undefined || familyOf(address) === publicAddress.family,
  );
  const [first] = entrances;
  if (first && own.length === 0) {
    const { id, family } = first.publicAddress;
    const why = `${from} cannot reach ${called(context, id)}, an ${familyName(family)} address: Azure translates between IPv4 and IPv6 nowhere.`;
    return [noWalk(connection, { piece: id, why })];
  }
  return own.flatMap(({ publicAddress, port, only }) => {
    const { family, fqdn, id } = publicAddress;
    const name = publicName(context, publicAddress);
    const opened = {
      ...packetFromInternet(connection, family, { from, to: name }),
      source: internetParty(family, address),
      port,
    };
    const packet = toPublic(opened, publicAddress);
    const client = address === undefined ? 'Somebody on the internet' : `${from} on the internet`;
    const walk = pass(startWalk(packet), {
      piece: 'internet',
      says: `${client} opens a connection to ${name}, ${portText(packet.protocol, port)}.`,
      facts: [['DNS name', fqdn]],
      links: [['internet', id]],
    });
    return throughPublicAddress(context, walk, publicAddress, { only });
  });
}

/** Nothing leads from the internet to these configurations: what does, and what their security groups would say. */
function withoutEntrance(
  context: TraceContext,
  connection: Connection,
  origin: Internet,
  { piece, attachments }: { piece: string; attachments: readonly Attachment[] },
): Walk {
  const { index } = context;
  const name = called(context, piece);
  const wanted = portText(connection.protocol, connection.port);
  const rules = attachments.flatMap(({ id }) => index.rulesOf.get(id) ?? []);
  const ways = new Set(
    rules.map(({ rule }) => `${rule.protocol.toUpperCase()} ${rule.firstPort} → ${rule.backendPort}`),
  );
  const [first] = attachments;
  const family = first?.family ?? 'ipv4';
  const opened = {
    ...packetFromInternet(connection, family, { from: origin.name, to: name }),
    source: internetParty(family, origin.address),
  };
  const packet = first ? { ...opened, destination: attachmentParty(first) } : opened;
  const step: Step = {
    piece: 'internet',
    with: [piece],
    says: `No public address leads from the internet to ${name} at ${wanted}: it has none of its own, and no rule of a load balancer ends there.`,
    facts: [
      ['Ways in', ways.size > 0 ? listed([...ways], 12) : undefined],
      ['Behind it', first && guardsBehind(context, packet, first)],
    ],
  };
  const walk = startWalk(packet);
  if (hasAddressElsewhere(context, attachments)) {
    return giveUp(
      walk,
      {
        ...step,
        says: `${capital(name)} has a public address that is not among these resources, so what leads there is not traced.`,
        facts: [...(step.facts ?? []), toCheck('its public IP address')],
      },
      `Not traced: ${name} has a public address that is not among these resources.`,
    );
  }
  const around = untracedAround(context, first?.subnet?.networkId).filter(
    ({ type }) => type.leadsIn === 'connections',
  );
  if (around.length === 0) {
    return stop(walk, step, `Stopped on the internet: no public address leads to ${name} at ${wanted}.`);
  }
  const names = listed(around.map(({ id }) => called(context, id)));
  return giveUp(
    walk,
    {
      ...step,
      with: [piece, ...around.map(({ id }) => id)],
      says: `${step.says} ${capital(names)} may pass connections on to it, which is not traced.`,
      facts: [...(step.facts ?? []), toCheck(listed(around.map(({ type }) => type.check)))],
    },
    `Not traced: no public address leads straight to ${name} at ${wanted}, but ${names} may pass connections on to it.`,
  );
}

/** Whether machines have public addresses that are not among the resources: in another group, or of a scale set's machines. */
const hasAddressElsewhere = ({ index }: TraceContext, attachments: readonly Attachment[]): boolean =>
  attachments.some(
    ({ hasPublicIp, publicIpId }) => hasPublicIp && !index.publicAddresses.has(publicIpId ?? ''),
  );
