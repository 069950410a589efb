import type { Connection } from './connection.ts';
import type { Attachment, InboundRule, PublicAddress } from './network-parts.ts';
import type { PlacedRule } from './network-index.ts';
import { frontendsAt, publicAddressesAt } from './trace-ends.ts';
import type { TraceContext } from './words.ts';

/** A rule of a load balancer that takes connections at a public address. */
export interface PublishedRule extends PlacedRule {
  readonly publicAddress: PublicAddress;
}

/**
 * The rules at public addresses that lead to some configurations; without any those of the public address, load balancer
 * or rule that a node stands for (`service` for all). By port.
 */
export function publishedRulesAt(
  context: TraceContext,
  piece: string,
  attachments: readonly Attachment[],
): PublishedRule[] {
  const { index } = context;
  const found = new Map<string, PublishedRule>();
  const add = ({ balancer, rule }: PlacedRule): void => {
    const frontend = index.frontends.get(rule.frontendId ?? '')?.frontend;
    const publicAddress = index.publicAddresses.get(frontend?.publicIpId ?? '');
    if (publicAddress) found.set(rule.id, { balancer, rule, publicAddress });
  };
  for (const { id } of attachments) for (const placed of index.rulesOf.get(id) ?? []) add(placed);
  if (attachments.length === 0) {
    const frontends = [
      ...frontendsAt(context, piece),
      ...publicAddressesAt(context, piece).flatMap(({ id }) => index.frontendsByPublicIp.get(id) ?? []),
    ];
    for (const { balancer, frontend } of frontends) {
      for (const rule of balancer.inbound) {
        if (rule.frontendId === frontend.id && isMeant(rule, piece)) add({ balancer, rule });
      }
    }
  }
  return [...found.values()].toSorted((left, right) => left.rule.firstPort - right.rule.firstPort);
}

/** A connection that a rule takes; of one for every port that to port 80. */
export const dialled = ({ protocol, firstPort }: InboundRule): Pick<Connection, 'protocol' | 'port'> => ({
  protocol: protocol === 'udp' ? 'Udp' : 'Tcp',
  port: firstPort === 0 ? 80 : firstPort,
});

/** Of a rule's own node only that rule; of any other node every rule. */
const isMeant = (rule: InboundRule, piece: string): boolean => rule.id === piece || !isRule(piece);

const isRule = (piece: string): boolean =>
  /\/(?:loadbalancingrules|inboundnatrules|inboundnatpools)\/[^/]+$/.test(piece);
