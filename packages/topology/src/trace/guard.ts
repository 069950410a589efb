import type { Packet } from './packet.ts';
import type { SecurityRule } from './read-security-groups.ts';
import { decide, type Decision } from './security-decision.ts';
import { tagScope } from './service-tags.ts';
import type { Attachment, Subnet } from './network-parts.ts';
import { toCheck } from './untraced.ts';
import { doubt, giveUp, pass, stop, type Walk } from './walk.ts';
import { called, Called, listed, portText, type TraceContext } from './words.ts';

type Direction = 'inbound' | 'outbound';

/** A security group and what it guards: a subnet or an interface. */
interface Guard {
  groupId: string;
  guardedId: string;
  subnet: Subnet | undefined;
}

/**
 * The security groups that a packet meets at a configuration, in Azure's order: on the way in the subnet's, then the
 * interface's; on the way out the other way round (how network security groups filter network traffic).
 */
function guardsOf({ subnet, groupId, interfaceId }: Attachment, direction: Direction): Guard[] {
  const guards: Guard[] = [];
  if (subnet?.groupId !== undefined) guards.push({ groupId: subnet.groupId, guardedId: subnet.id, subnet });
  if (groupId !== undefined) guards.push({ groupId, guardedId: interfaceId, subnet });
  return direction === 'inbound' ? guards : guards.toReversed();
}

/** Whether no security group guards a configuration. */
export const isUnguarded = (attachment: Attachment): boolean => guardsOf(attachment, 'inbound').length === 0;

/** Takes a packet past the security groups at a configuration. */
export function passGuards(
  context: TraceContext,
  walk: Walk,
  attachment: Attachment,
  direction: Direction,
): Walk {
  let current = walk;
  for (const guard of guardsOf(attachment, direction)) {
    if (current.end) return current;
    current = passGuard(context, current, guard, direction);
  }
  return current;
}

/** The group at a configuration that would certainly turn a packet away, with the rule by which it does. */
export function blockedBy(
  { index }: TraceContext,
  packet: Packet,
  attachment: Attachment,
  direction: Direction,
): { groupId: string; rule: SecurityRule } | undefined {
  for (const { groupId, subnet } of guardsOf(attachment, direction)) {
    const group = index.groups.get(groupId);
    const decision = group && decide(group, direction, packet, tagScope(index, subnet));
    const isKnown = packet.protocol !== 'Icmp' || packet.destination.family === 'ipv4';
    if (isKnown && decision && !decision.allows && decision.doubtful.length === 0) {
      return { groupId, rule: decision.rule };
    }
  }
  return undefined;
}

/** What the security groups behind a piece that stops a packet would have made of it; nothing where there are none. */
export function guardsBehind(
  context: TraceContext,
  packet: Packet,
  attachment: Attachment,
): string | undefined {
  const guards = guardsOf(attachment, 'inbound').filter(({ groupId }) => context.index.groups.has(groupId));
  if (guards.length === 0) return undefined;
  const found = blockedBy(context, packet, attachment, 'inbound');
  if (!found) {
    const names = listed(guards.map(({ groupId }) => called(context, groupId)));
    const isSure = guards.every(({ groupId, subnet }) => {
      const group = context.index.groups.get(groupId);
      return group && decide(group, 'inbound', packet, tagScope(context.index, subnet))?.allows === true;
    });
    return isSure
      ? `${names} would let it through`
      : `whether ${names} would let it through is not known here`;
  }
  const why = found.rule.id === undefined ? 'no rule admits it' : `rule ${found.rule.name} turns it away`;
  return `${called(context, found.groupId)} would stop it too: ${why}`;
}

function passGuard(context: TraceContext, walk: Walk, guard: Guard, direction: Direction): Walk {
  const { groupId, guardedId, subnet } = guard;
  const { packet } = walk;
  const group = context.index.groups.get(groupId);
  const decision = group && decide(group, direction, packet, tagScope(context.index, subnet));
  if (!decision) {
    const unread = pass(walk, {
      piece: guardedId,
      says: `${Called(context, groupId)} guards ${called(context, guardedId)}, but its rules are not among these resources: whether it lets this through is not known here.`,
      facts: [['Security group', groupId], toCheck('its rules')],
    });
    return doubt(
      unread,
      `${called(context, groupId)} lets it through, whose rules are not among these resources`,
    );
  }
  if (packet.protocol === 'Icmp' && packet.destination.family === 'ipv6') {
    const unread = pass(walk, {
      piece: groupId,
      with: [guardedId],
      says: `${Called(context, groupId)} guards ${called(context, guardedId)}, but security groups do not support ICMP for IPv6: what becomes of it is not known here.`,
      links: [[groupId, guardedId]],
    });
    return doubt(
      unread,
      `${called(context, groupId)} lets it through: security groups do not support ICMPv6`,
    );
  }
  const { rule, allows, doubtful } = decision;
  const step = {
    piece: rule.id ?? groupId,
    with: [groupId, guardedId],
    facts: factsOf(decision),
    links: [[groupId, guardedId] as const],
  };
  const what = `${portText(packet.protocol, packet.port)} ${direction === 'inbound' ? `from ${packet.from}` : `to ${packet.to}`}`;
  const name = called(context, groupId);
  if (allows) {
    const passed = pass(walk, {
      ...step,
      says: `${Called(context, groupId)} lets ${what} through: ${ruleName(rule)}.`,
    });
    return doubtful.reduce(
      (current, other) =>
        doubt(current, `${ruleName(other)} of ${name} does not hold for it: ${unknownIn(other)}`),
      passed,
    );
  }
  const { says, summary } = refusal(rule, what, name);
  const [other] = doubtful;
  if (!other) return stop(walk, { ...step, says }, summary);
  return giveUp(
    walk,
    {
      ...step,
      piece: other.id ?? groupId,
      says: `Whether ${ruleName(other)} of ${name} admits ${what} is not known here: ${unknownIn(other)}. ${says}`,
      facts: [...step.facts, toCheck('the effective security rules of the network interface')],
    },
    `Not traced further than ${name}: whether ${ruleName(other)} admits ${what} is not known here.`,
  );
}

/** Why it is not known whether a rule holds for an address. */
function unknownIn({ sources, destinations }: SecurityRule): string {
  const tags = [...sources, ...destinations].flatMap((term) => (term.kind === 'tag' ? [term.written] : []));
  return tags.length > 0
    ? `which addresses ${listed(tags)} stands for is known to Azure alone`
    : 'Azure does not say whether 0.0.0.0/0 stands for IPv6 addresses, too';
}

function refusal(rule: SecurityRule, what: string, name: string): { says: string; summary: string } {
  if (rule.id === undefined) {
    return {
      says: `No rule of ${name} admits ${what}, so its last one, ${rule.name}, turns it away.`,
      summary: `Stopped at ${name}: no rule admits ${what} (default rule ${rule.name}).`,
    };
  }
  return {
    says: `Rule ${rule.name} of ${name} turns ${what} away (priority ${rule.priority}).`,
    summary: `Stopped at ${name}: rule ${rule.name} (priority ${rule.priority}) turns ${what} away.`,
  };
}

const ruleName = (rule: SecurityRule): string =>
  rule.id === undefined ? `default rule ${rule.name}` : `rule ${rule.name} (priority ${rule.priority})`;

function factsOf({ rule, exceptions }: Decision): (readonly [string, string | undefined])[] {
  return [
    [rule.id === undefined ? 'Default rule' : 'Rule', rule.name],
    ['Priority', String(rule.priority)],
    ['Does', rule.allows ? 'Allow' : 'Deny'],
    ['From', rule.sourceText || undefined],
    ['To', rule.destinationText || undefined],
    ...exceptions.map((other): readonly [string, string] => [
      'Decided otherwise for some',
      `rule ${other.name} (priority ${other.priority}) ${other.allows ? 'allows' : 'denies'} it from ${other.sourceText || 'some'} to ${other.destinationText || 'some'}`,
    ]),
  ];
}
