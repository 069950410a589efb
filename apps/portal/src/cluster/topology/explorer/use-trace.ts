import {
  type ConnectionReading,
  type Trace,
  type TraceInput,
  type TracePath,
  parseConnection,
  traceConnection,
} from '@slipway/topology';
import { useMemo } from 'react';
import type { ExplorerAddress } from './explorer-address.ts';
import type { ShortIds } from './short-ids.ts';
import { waysOf } from './trace-ways.ts';

/** What the diagram lights up; everything else steps back. */
export interface Lit {
  pieces: ReadonlySet<string>;
  /** Lines, each as `FROM TO`. */
  joints: ReadonlySet<string>;
  blockedAt?: string;
  /** Where nobody knows whether it goes on. */
  untracedAt?: string;
}

/** The connection that is followed, and which of its ways is looked at. */
export interface FollowedTrace {
  input: TraceInput;
  /** What was made of the text; undefined while there is none. */
  reading: ConnectionReading | undefined;
  trace: Trace | undefined;
  /** What the address calls each of the paths. */
  ways: readonly string[];
  /** Whether the address says a way that the connection does not take (any more). */
  isWayGone: boolean;
  path: TracePath | undefined;
  lit: Lit | undefined;
}

/** Reads and follows the connection that stands in the address, on the way that stands there. */
export function useTrace(
  input: TraceInput,
  address: Pick<ExplorerAddress, 'trace' | 'way'>,
  { shortOf }: ShortIds,
): FollowedTrace {
  const asked = address.trace?.trim() ?? '';
  const { reading, trace } = useMemo(() => {
    if (asked === '') return { reading: undefined, trace: undefined };
    const read = parseConnection(input, asked);
    return {
      reading: read,
      trace: 'connection' in read ? traceConnection(input, read.connection) : undefined,
    };
  }, [input, asked]);
  const ways = useMemo(() => waysOf(trace?.paths ?? [], shortOf), [trace, shortOf]);
  const chosen = address.way === undefined ? 0 : ways.indexOf(address.way);
  const path = trace?.paths[chosen] ?? trace?.paths[0];
  const lit = useMemo(() => path && litBy(path), [path]);
  return { input, reading, trace, ways, isWayGone: chosen === -1, path, lit };
}

function litBy(path: TracePath): Lit {
  const pieces = new Set(path.hops.flatMap((hop) => [hop.piece, ...hop.with]));
  const joints = new Set(path.links.map(([from, to]) => `${from} ${to}`));
  switch (path.outcome) {
    case 'arrives':
      return { pieces, joints };
    case 'blocked':
      return { pieces, joints, blockedAt: path.at };
    case 'notTraced':
      return { pieces, joints, untracedAt: path.at };
  }
}
