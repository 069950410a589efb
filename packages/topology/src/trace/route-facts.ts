import { textOf } from './addresses.ts';
import { learnedNote } from './learned-routes.ts';
import type { Route, Subnet } from './network-parts.ts';
import type { TraceContext } from './words.ts';

/** A user-defined route in facts, and that learned routes with longer prefixes would come before it. */
export const routeFacts = (
  context: TraceContext,
  { name, prefix, nextHop, nextAddress }: Route,
  subnet: Subnet | undefined,
): [string, string | undefined][] => [
  ['Route', name],
  ['For', prefix],
  ['Next hop', `${nextHop}${nextAddress === undefined ? '' : ` ${textOf(nextAddress)}`}`],
  ['Learned routes', subnet && learnedNote(context, subnet)],
];
