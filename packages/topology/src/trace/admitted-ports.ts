import type { Trace } from './connection.ts';
import type { Attachment } from './network-parts.ts';
import type { PortRange, SecurityRule } from './read-security-groups.ts';
import type { TraceContext } from './words.ts';

/** Neighbouring ports that fare alike. */
export interface PortSpan extends PortRange {
  /** Of the connection to one port of the span. */
  readonly trace: Trace;
}

/**
 * How connections fare for every port from 1 to 65535: one connection is followed for each span between the ports at
 * which some rule of the security groups on the way begins or ends, so the answer holds for all ports of the span.
 */
export function portSpans(
  context: TraceContext,
  ends: readonly Attachment[],
  follow: (port: number) => Trace,
): PortSpan[] {
  const rules = ends.flatMap((end) => rulesAround(context, end));
  const starts = new Set([1]);
  for (const { destinationPorts } of rules) {
    for (const { first, last } of destinationPorts) {
      if (first > 1 && first <= 65_535) starts.add(first);
      if (last >= 1 && last < 65_535) starts.add(last + 1);
    }
  }
  const spans: PortSpan[] = [];
  const sorted = [...starts].toSorted((left, right) => left - right);
  for (const [place, first] of sorted.entries()) {
    const trace = follow(first);
    const last = (sorted[place + 1] ?? 65_536) - 1;
    const before = spans.at(-1);
    if (before && before.trace.outcome === trace.outcome) spans[spans.length - 1] = { ...before, last };
    else spans.push({ first, last, trace });
  }
  return spans;
}

function rulesAround({ index }: TraceContext, { groupId, subnet }: Attachment): readonly SecurityRule[] {
  return [groupId, subnet?.groupId].flatMap((id) => {
    const group = index.groups.get(id ?? '');
    return group ? [...group.inbound, ...group.outbound] : [];
  });
}
