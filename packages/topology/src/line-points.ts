import type { Arrangement, Side } from './content.ts';
import type { Course, Frame, Leg, LegEnd } from './courses.ts';

/** A place in the whole drawing, along and across. */
export interface Place {
  along: number;
  across: number;
}

/** Where a container stands in the whole drawing, and how it arranges what it holds. */
export interface StandingFrame {
  arrangement: Arrangement;
  origin: Place;
}

/** The corners of a line from its start to its end. */
export function pointsOf(
  { out, across, into }: Course,
  standing: ReadonlyMap<Frame, StandingFrame>,
): Place[] {
  const points: Place[] = [];
  for (const leg of out) addLeg(points, leg, standing);
  addLeg(points, across, standing);
  const back: Place[] = [];
  for (const leg of into) addLeg(back, leg, standing);
  points.push(...back.toReversed());
  return withoutStraight(points);
}

function addLeg(points: Place[], leg: Leg, standing: ReadonlyMap<Frame, StandingFrame>): void {
  const frame = standing.get(leg.frame);
  const net = frame?.arrangement.nets[leg.ownNet];
  if (!frame || !net) return;
  const { origin, arrangement } = frame;
  const add = (along: number, across: number): void => {
    points.push({ along: origin.along + along, across: origin.across + across });
  };
  const stopOf = (end: LegEnd): Arrangement['nets'][number]['stops'][number] | undefined =>
    net.stops[end.stop];
  const start = stopOf(leg.start);
  if (!start) return;
  const port = (side: Side): { channel: number; along: number; across: number } => ({
    channel: side === 'before' ? net.first : net.first + net.trunks.length - 1,
    along: side === 'before' ? 0 : arrangement.along,
    across: net[side],
  });
  const end = typeof leg.end === 'string' ? port(leg.end) : stopOf(leg.end);
  if (!end) return;
  add(start.along, start.across);
  if (net.trunks.length === 0) {
    // Beside chips.
    const lane = net.lanes[0] ?? 0;
    add(start.along, lane);
    add(end.along, lane);
  } else {
    const step = end.channel < start.channel ? -1 : 1;
    const trunk = (channel: number): number => net.trunks[channel - net.first] ?? 0;
    add(trunk(start.channel), start.across);
    for (let channel = start.channel; channel !== end.channel; channel += step) {
      const lane = net.lanes[(step === 1 ? channel : channel - 1) - net.first] ?? 0;
      add(trunk(channel), lane);
      add(trunk(channel + step), lane);
    }
    add(trunk(end.channel), end.across);
  }
  add(end.along, end.across);
}

/** Leaves out places at which nothing turns. */
function withoutStraight(points: readonly Place[]): Place[] {
  const kept: Place[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && last.along === point.along && last.across === point.across) continue;
    const before = kept.at(-2);
    const isStraight =
      before &&
      last &&
      ((before.along === last.along && last.along === point.along) ||
        (before.across === last.across && last.across === point.across));
    if (isStraight) kept.pop();
    kept.push(point);
  }
  return kept;
}
