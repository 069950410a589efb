import { kindOfType } from '../resource-kind.ts';
import { familyOfRange, type Family } from './addresses.ts';
import { ruleAt } from './backends.ts';
import type { Connection } from './connection.ts';
import type { PlacedFrontend } from './network-index.ts';
import type { Attachment, PublicAddress, Subnet } from './network-parts.ts';
import type { TraceContext } from './words.ts';

/** A machine of a subnet, whichever: for questions about the subnet. */
export const anywhereIn = (subnet: Subnet, family: Family = 'ipv4'): Attachment => ({
  id: `${subnet.id} any ${family}`,
  family,
  interfaceId: subnet.id,
  machineId: subnet.id,
  scaleSetId: undefined,
  serviceId: undefined,
  chainedTo: undefined,
  count: 1,
  address: undefined,
  subnet,
  groupId: undefined,
  publicIpId: undefined,
  hasPublicIp: false,
  poolIds: [],
  natRuleIds: [],
  natPoolIds: [],
  applicationGroupIds: new Set(),
  forwards: false,
});

/** The families that a subnet has addresses of; IPv4 where its ranges are not known. */
export function familiesOf({ ranges }: Subnet): Family[] {
  const families = new Set(ranges.map((range) => familyOfRange(range)));
  return families.size === 0 ? ['ipv4'] : [...families];
}

/** Where a connection from the internet enters, and which backends count; nothing for every one. */
export interface Entrance {
  readonly publicAddress: PublicAddress;
  readonly port: number;
  readonly only: ReadonlySet<string> | undefined;
}

/** The attachments that a node stands for when something connects to it. */
export function attachmentsAt(context: TraceContext, piece: string): readonly Attachment[] {
  const { index } = context;
  const direct = index.attachmentsOf.get(piece);
  if (direct) return direct;
  const resource = index.resources.get(piece);
  if (!resource) return [];
  const kind = kindOfType(resource.type);
  if (kind === 'networkSecurityGroup') {
    return index.attachments.filter(({ groupId, subnet }) => groupId === piece || subnet?.groupId === piece);
  }
  if (kind === 'availabilitySet') {
    return index.attachments.filter(({ machineId }) => {
      const machine = index.resources.get(machineId ?? '');
      return JSON.stringify(machine?.properties?.['availabilitySet'] ?? '')
        .toLowerCase()
        .includes(`"${piece}"`);
    });
  }
  return [];
}

/** The public address, load balancer or rule that a node id stands for, as public addresses. */
export function publicAddressesAt(context: TraceContext, piece: string): PublicAddress[] {
  const { index } = context;
  if (piece === 'service') return [...index.publicAddresses.values()];
  const own = index.publicAddresses.get(piece);
  if (own) return [own];
  if (index.untraced.has(piece)) {
    return [...index.publicAddresses.values()].filter(({ holderId }) => holderId?.startsWith(`${piece}/`));
  }
  return frontendsAt(context, piece).flatMap(
    ({ frontend }) => index.publicAddresses.get(frontend.publicIpId ?? '') ?? [],
  );
}

/** The frontends of a load balancer, or of the rule that a node id stands for. */
export function frontendsAt(context: TraceContext, piece: string): PlacedFrontend[] {
  const { index } = context;
  const balancer = index.balancers.get(piece);
  if (balancer) return balancer.frontends.flatMap(({ id }) => index.frontends.get(id) ?? []);
  const owner = [...index.balancers.values()].find(({ id }) => piece.startsWith(`${id}/`));
  if (!owner) return [];
  const rule = owner.inbound.find(({ id }) => id === piece);
  return owner.frontends
    .filter(({ id }) => rule?.frontendId === id || id === piece)
    .flatMap(({ id }) => index.frontends.get(id) ?? []);
}

/**
 * Where a connection from the internet to a machine can enter: its own public address, or a rule that leads to it from
 * the dialled port; where no rule has that port, the rules that end at it on the machine.
 */
export function entrancesTo(
  context: TraceContext,
  attachments: readonly Attachment[],
  { protocol, port }: Pick<Connection, 'protocol' | 'port'>,
): Entrance[] {
  const { index } = context;
  const dialled = new Map<string, Entrance>();
  const ending = new Map<string, Entrance>();
  const ids = new Set(attachments.map(({ id }) => id));
  const add = (into: Map<string, Entrance>, publicAddress: PublicAddress, at: number): void => {
    into.set(`${publicAddress.id} ${at}`, { publicAddress, port: at, only: ids });
  };
  for (const attachment of attachments) {
    const own = index.publicAddresses.get(attachment.publicIpId ?? '');
    if (own) add(dialled, own, port);
    for (const { rule } of index.rulesOf.get(attachment.id) ?? []) {
      const frontend = index.frontends.get(rule.frontendId ?? '');
      const publicAddress = index.publicAddresses.get(frontend?.frontend.publicIpId ?? '');
      if (!frontend || !publicAddress) continue;
      if (protocol !== 'Icmp' && rule.protocol !== 'all' && rule.protocol !== protocol.toLowerCase())
        continue;
      if (rule.firstPort <= port && port <= rule.lastPort) {
        if (rule.kind !== 'natRange') add(dialled, publicAddress, port);
        else if (ruleAt(frontend.balancer, frontend.frontend, protocol, port) === rule) {
          add(dialled, publicAddress, port);
        }
      } else if (rule.backendPort === port && rule.kind !== 'natRange') {
        add(ending, publicAddress, rule.firstPort);
      }
    }
  }
  return [...(dialled.size > 0 ? dialled : ending).values()];
}
