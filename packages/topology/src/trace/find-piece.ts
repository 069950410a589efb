import { kindOfType } from '../resource-kind.ts';
import { addressOf } from './addresses.ts';
import { heading, nameOf, type TraceContext } from './words.ts';

/** Kinds that can open or take connections; of two pieces with the same words the one that comes first here is meant. */
const order = [
  'virtualMachine',
  'scaleSetInstance',
  'scaleSet',
  'availabilitySet',
  'publicIp',
  'loadBalancer',
  'subnet',
  'virtualNetwork',
  'networkInterface',
  'networkSecurityGroup',
  'gateway',
];
/** Other pieces that take connections, by no kind of their own: private endpoints. */
const last = order.length;

/** Node ids of what can be an end of a connection, in the order in which they are meant. */
export function connectablePieces({ index }: TraceContext): string[] {
  const kinds = new Map<string, string>();
  for (const [id, { type }] of index.resources) kinds.set(id, kindOfType(type));
  for (const id of index.subnets.keys()) kinds.set(id, 'subnet');
  return [...kinds]
    .map(([id, kind]) => ({
      id,
      rank: kind === 'other' && index.untraced.has(id) ? last : order.indexOf(kind),
    }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((left, right) => left.rank - right.rank)
    .map(({ id }) => id);
}

/** How texts are compared: without case, articles, quotes and a final `s'`. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[’'"`]/g, '')
    .replace(/^(?:the|a|an) /, '')
    .trim();

/**
 * The piece that a text means: its id, name, title, DNS name or address; else the only one whose words begin with it, or
 * hold it. `the masters` and `agents` mean all of them.
 */
export function findPiece(context: TraceContext, text: string): string | undefined {
  const wanted = plain(text);
  if (wanted === '') return undefined;
  const { index } = context;
  const exactId = text.trim().toLowerCase();
  if (index.resources.has(exactId) || index.subnets.has(exactId)) return exactId;
  const byHost = findHost(context, exactId);
  if (byHost !== undefined) return byHost;
  const pieces = connectablePieces(context).map((id) => ({
    id,
    words: [plain(context.titleOf(id) ?? ''), plain(nameOf(context, id)), plain(heading(context, id))],
  }));
  const exact = pieces.find(({ words }) => words.includes(wanted));
  if (exact) return exact.id;
  const all = /^(master|agent)s?$/.exec(wanted)?.[1];
  if (all !== undefined) {
    const own = pieces.find(({ words }) => words.some((word) => word.startsWith(`${all}s`)));
    if (own) return own.id;
  }
  const instance = /^agents? \d{1,4}$/.test(wanted)
    ? pieces.find(({ words }) => words.includes('agents'))
    : undefined;
  if (instance) return instance.id;
  for (const fits of [(word: string) => word.startsWith(wanted), (word: string) => word.includes(wanted)]) {
    const found = pieces.filter(({ words }) => words.some((word) => fits(word)));
    if (found.length === 1) return found[0]?.id;
  }
  return undefined;
}

/** The public address with a DNS name, its first label, or an IPv4 address. */
export function findHost({ index }: TraceContext, host: string): string | undefined {
  const wanted = host.toLowerCase().replace(/\.$/, '');
  const address = addressOf(wanted);
  const found = [...index.publicAddresses.values()].find((item) =>
    address === undefined
      ? item.fqdn !== undefined && (item.fqdn === wanted || item.fqdn.split('.')[0] === wanted)
      : item.address === address,
  );
  return found?.id;
}
