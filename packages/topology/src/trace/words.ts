import { kindOfType } from '../resource-kind.ts';
import { readArmId } from '../arm-id.ts';
import type { NodeKind } from '../graph.ts';
import type { TraceInput } from './connection.ts';
import { textOf, type Address } from './addresses.ts';
import { networkIndex, type NetworkIndex } from './network-index.ts';
import type { Attachment } from './network-parts.ts';
import { untracedType } from './untraced-types.ts';

/** What every step of a trace needs: the resources as packets see them, and what to call them. */
export interface TraceContext {
  readonly index: NetworkIndex;
  readonly titleOf: (id: string) => string | undefined;
}

export function contextOf(input: TraceInput): TraceContext {
  return { index: networkIndex(input.resources), titleOf: input.titleOf ?? (() => undefined) };
}

/** What a piece is called where no title says more than its kind. */
const nouns: Readonly<Partial<Record<NodeKind, string>>> = {
  publicIp: 'public IP address',
  loadBalancer: 'load balancer',
  loadBalancerRule: 'rule',
  networkSecurityGroup: 'security group',
  networkInterface: 'network interface',
  virtualNetwork: 'virtual network',
  subnet: 'subnet',
  scaleSet: 'scale set',
  availabilitySet: 'availability set',
  routeTable: 'route table',
};

const isMachine = (kind: NodeKind): boolean => kind === 'virtualMachine' || kind === 'scaleSetInstance';

/** The last segment of an id, in the spelling of the resource where there is one. */
export function nameOf({ index }: TraceContext, id: string): string {
  const resource = index.resources.get(id);
  if (typeof resource?.name === 'string' && resource.name !== '') return resource.name;
  return id.slice(id.lastIndexOf('/') + 1);
}

/**
 * What a piece is called within a sentence: its title where that tells it apart (`the masters' security group`,
 * `master 1`), else kind and name (`security group web-nsg`, `web-1`).
 */
export function called(context: TraceContext, id: string): string {
  if (id === 'internet') return 'the internet';
  const title = ownTitle(context, id);
  return title === undefined ? kindAndName(context, id) : inSentence(title);
}

/** The same at the beginning of a sentence. */
export function Called(context: TraceContext, id: string): string {
  return capital(called(context, id));
}

/** What stands behind a configuration in words: `master 1`, `one of the 100 machines of the agents`. */
export function targetName(context: TraceContext, { machineId, interfaceId, count }: Attachment): string {
  const name = called(context, machineId ?? interfaceId);
  if (context.index.subnets.has(interfaceId)) return `any machine in ${name}`;
  return count > 1 ? `one of the ${count} machines of ${name}` : name;
}

/** What a piece is called where it stands alone, as in a heading. */
export function heading(context: TraceContext, id: string): string {
  if (id === 'internet') return 'Internet';
  return ownTitle(context, id) ?? capital(kindAndName(context, id));
}

/** A title that says whose a piece is or which: `Masters' subnet` and `Master 1`, not `Subnet`. */
function ownTitle(context: TraceContext, id: string): string | undefined {
  const title = context.titleOf(id)?.trim();
  return title !== undefined && /^(?:masters?|agents?)\b/i.test(title) ? title : undefined;
}

function kindAndName(context: TraceContext, id: string): string {
  const kind = kindOf(context, id);
  const name = nameOf(context, id);
  const type = typeOf(context, id);
  const noun = nouns[kind] ?? untracedType(type)?.noun ?? (isNatGateway(type) ? 'NAT gateway' : undefined);
  return isMachine(kind) || noun === undefined ? name : `${noun} ${name}`;
}

/** With a capital letter, but for a resource's own name, which keeps its spelling. */
export const capital = (text: string): string =>
  /^[a-z]+ (?!\()/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;

function kindOf(context: TraceContext, id: string): NodeKind {
  const type = typeOf(context, id);
  return type === undefined ? 'other' : kindOfType(type);
}

const isNatGateway = (type: string | undefined): boolean =>
  type?.toLowerCase() === 'microsoft.network/natgateways';

/** The ARM type of a piece; of one that is not among the resources as its id says. */
export const typeOf = ({ index }: TraceContext, id: string): string | undefined =>
  index.resources.get(id)?.type ?? readArmId(id)?.type;

/** A title within a sentence: `Masters' subnet` becomes `the masters' subnet`, `Master 1` becomes `master 1`. */
function inSentence(title: string): string {
  const small = title.charAt(0).toLowerCase() + title.slice(1);
  return /^(master|agent) \d/.test(small) ? small : `the ${small}`;
}

/** An address in words: `172.16.0.5`, or that it is not known yet. */
export const addressText = (address: Address | undefined): string =>
  address === undefined ? 'not known yet' : textOf(address);

/** A piece with its address: `master 1 (172.16.0.6)`; without one where it is not known. */
export function withAddress(text: string, address: Address | undefined): string {
  return address === undefined ? text : `${text} (${textOf(address)})`;
}

/** `TCP 443`; `ICMP` has no ports. */
export function portText(protocol: string, port: number): string {
  return protocol.toLowerCase() === 'icmp' ? 'ICMP' : `${protocol.toUpperCase()} ${port}`;
}

/** `a`, `a and b`, `a, b and c`; of more than `most` the first ones, and how many more there are. */
export function listed(items: readonly string[], most = 5): string {
  if (items.length > most)
    return `${items.slice(0, most - 1).join(', ')} and ${items.length - most + 1} more`;
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
