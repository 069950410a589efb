import type { TopologyNode } from './graph.ts';

/** The hexadecimal tail that ARM gives to the names of disks that it makes itself. */
const madeUpTail = /_[0-9a-f]{32}$/i;

/** A name as a card has room for it: without the tail that tells nobody anything. Panel and list show it in full. */
export const nameOnCard = (name: string): string => name.replace(madeUpTail, '_…');

const inboundRule = /^(Admits|Blocks) (.+) from (?:the )?((?:(?! to ).)+)$/;

/**
 * A chip's text: of a rule that says what its security group lets in, the way round that traffic goes, as the rules of load
 * balancers say it, because a sentence would take two lines. `✕` stands before what is turned away.
 */
export function textOnChip({ kind, title }: Pick<TopologyNode, 'kind' | 'title'>): string {
  const [, verb, what, place = ''] = kind === 'securityRule' ? (inboundRule.exec(title) ?? []) : [];
  if (verb === undefined || what === undefined) return title;
  const from = place === 'virtual network' ? 'network' : place;
  return `${verb === 'Blocks' ? '✕ ' : ''}${from.charAt(0).toUpperCase()}${from.slice(1)} → ${what}`;
}

/** What is written on a piece: inside the machine, or among the machines, that it serves it need not say whose it is. */
export function titleOnCard(node: TopologyNode, parent: TopologyNode | undefined): string {
  if (node.kind === 'securityRule') return textOnChip(node);
  const machines = /^\S+s' /.exec(parent?.title ?? '')?.[0];
  const owner = [parent && `${parent.title}'s `, machines].find(
    (each) => each !== undefined && node.title.startsWith(each),
  );
  if (owner === undefined) return node.title;
  const rest = node.title.slice(owner.length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** So many characters at the end of a name stay visible where it has to be cut. */
const keptAtEnd = 12;
const segmenter = new Intl.Segmenter('en');

/** A name in two parts, of which the first may be cut: the names of one kind differ at their end. */
export function nameInParts(name: string): { start: string; end: string } {
  const characters = Array.from(segmenter.segment(name), ({ segment }) => segment);
  const at = characters.length > keptAtEnd + 4 ? characters.length - keptAtEnd : characters.length;
  return { start: characters.slice(0, at).join(''), end: characters.slice(at).join('') };
}

/** A title where there is one line for it. */
export const shortTitle = (title: string): string =>
  title
    .replace(/ network interface$/, ' NIC')
    .replace(/ OS disk$/, ' disk')
    .replace(/^Set-up script$/, 'Set-up');
