import { untracedType, type UntracedType } from './untraced-types.ts';
import { giveUp, type Step, type Walk } from './walk.ts';
import { called, Called, portText, typeOf, type TraceContext } from './words.ts';

const anything: Pick<UntracedType, 'why' | 'check'> = {
  why: 'what it does with connections is not evaluated here',
  check: 'its own settings',
};

/** Why a piece is not followed further, and what tells more; something general for types that are not known here. */
export const reasonsAt = (context: TraceContext, piece: string): Pick<UntracedType, 'why' | 'check'> =>
  untracedType(typeOf(context, piece)) ?? anything;

/** The fact that says what to look at where a path is not traced further. */
export const toCheck = (what: string): readonly [string, string] => ['What to check', what];

/** Ends at a piece that gets the packet and whose ways with it are not evaluated here. */
export function giveUpAt(
  context: TraceContext,
  walk: Walk,
  piece: string,
  more: Pick<Step, 'with' | 'links'> = {},
): Walk {
  const { why, check } = reasonsAt(context, piece);
  const { protocol, port, from } = walk.packet;
  return giveUp(
    walk,
    {
      ...more,
      piece,
      says: `${Called(context, piece)} gets it. What becomes of it is not traced: ${why}.`,
      facts: [toCheck(check)],
    },
    `${portText(protocol, port)} from ${from} reaches ${called(context, piece)} and is not traced further: ${why}.`,
  );
}
