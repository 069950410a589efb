import {
  type ConnectionReading,
  type Trace,
  type TraceInput,
  type TracePath,
  parseConnection,
  traceConnection,
} from '@slipway/topology';
import { useMemo, useState } from 'react';

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
  way: number;
  chooseWay: (way: number) => void;
  path: TracePath | undefined;
  lit: Lit | undefined;
}

/** Reads and follows the connection that stands in the address. */
export function useTrace(input: TraceInput, text: string | undefined): FollowedTrace {
  const asked = text?.trim() ?? '';
  const { reading, trace } = useMemo(() => {
    if (asked === '') return { reading: undefined, trace: undefined };
    const read = parseConnection(input, asked);
    return {
      reading: read,
      trace: 'connection' in read ? traceConnection(input, read.connection) : undefined,
    };
  }, [input, asked]);
  const [choice, setChoice] = useState({ of: asked, way: 0 });
  const way = choice.of === asked ? choice.way : 0;
  const path = trace?.paths[way] ?? trace?.paths[0];
  const lit = useMemo(() => path && litBy(path), [path]);
  return {
    input,
    reading,
    trace,
    way,
    chooseWay: (chosen) => setChoice({ of: asked, way: chosen }),
    path,
    lit,
  };
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
