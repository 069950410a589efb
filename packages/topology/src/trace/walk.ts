import type { Hop, PathOutcome, TracePath } from './connection.ts';
import { statePacket, type Packet } from './packet.ts';

/** A path while it is followed; it is never changed, so that paths can part at a load balancer. */
export interface Walk {
  readonly hops: readonly Hop[];
  readonly packet: Packet;
  /**
   * On what it depends that the packet has come so far, where that is not known here: each a clause after «only if».
   * With any of them a path does not count as arriving.
   */
  readonly doubts: readonly string[];
  /** Once the path has ended: how, and what is to be said of it in one sentence. */
  readonly end?: { readonly outcome: PathOutcome; readonly summary: string };
  readonly links: readonly (readonly [string, string])[];
}

/** What is met next. */
export interface Step {
  piece: string;
  with?: readonly (string | undefined)[];
  says: string;
  facts?: readonly (readonly [string, string | undefined])[];
  /** The packet as it goes on, where it changes. */
  packet?: Packet;
  links?: readonly (readonly [string | undefined, string | undefined])[];
}

/** Starts a path with a packet that nothing has met yet. */
export const startWalk = (packet: Packet): Walk => ({ hops: [], packet, doubts: [], links: [] });

/** Goes past a piece. */
export const pass = (walk: Walk, step: Step): Walk => add(walk, step, 'passes');

/** Goes on although something that is not known here may stop it: `clause` says when it does not, after «only if». */
export const doubt = (walk: Walk, clause: string): Walk => ({ ...walk, doubts: [...walk.doubts, clause] });

/** Ends where it was meant to; where anything on the way is in doubt, that is where it would end. */
export function arrive(walk: Walk, step: Step, summary: string): Walk {
  if (walk.doubts.length === 0) {
    return { ...add(walk, step, 'arrives'), end: { outcome: 'arrives', summary } };
  }
  const condition = `only if ${[...new Set(walk.doubts)].join(', and if ')}`;
  return {
    ...add(walk, { ...step, says: `${step.says} This holds ${condition}.` }, 'notTraced'),
    end: { outcome: 'notTraced', summary: `${summary.replace(/\.$/, '')}, but ${condition}.` },
  };
}

/** Is stopped. */
export const stop = (walk: Walk, step: Step, summary: string): Walk => ({
  ...add(walk, step, 'blocked'),
  end: { outcome: 'blocked', summary },
});

/** Is not traced further: what happens next is not evaluated here. */
export const giveUp = (walk: Walk, step: Step, summary: string): Walk => ({
  ...add(walk, step, 'notTraced'),
  end: { outcome: 'notTraced', summary },
});

function add(walk: Walk, step: Step, verdict: Hop['verdict']): Walk {
  const packet = step.packet ?? walk.packet;
  const lit = new Set((step.with ?? []).flatMap((id) => id ?? []));
  lit.delete(step.piece);
  const hop: Hop = {
    piece: step.piece,
    with: [...lit],
    verdict,
    says: step.says,
    packet: statePacket(packet),
    facts: (step.facts ?? []).flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
  };
  const links = (step.links ?? []).flatMap(([from, to]): [string, string][] =>
    from === undefined || to === undefined || from === to ? [] : [[from, to]],
  );
  return { ...walk, hops: [...walk.hops, hop], packet, links: [...walk.links, ...links] };
}

/** A path that has ended. One that has not is not traced further: nothing says what comes next. */
export function finished(walk: Walk): TracePath {
  const last = walk.hops.at(-1);
  return {
    hops: [...walk.hops],
    outcome: walk.end?.outcome ?? 'notTraced',
    at: last?.piece ?? 'internet',
    summary: walk.end?.summary ?? 'Where this leads is not known.',
    links: walk.links.map(([from, to]) => [from, to]),
  };
}
