import type { TopologyResource } from '../arm-resource.ts';

/** Where a connection begins or where it is meant to end. */
export interface TraceEnd {
  kind: 'internet' | 'piece' | 'address';
  /** For `piece`: the node's id (a lower-case ARM id), or `service` for every public address of the group. */
  piece?: string;
  /** For `address`, and for a known address on the internet: IPv4 or IPv6. */
  address?: string;
  /** The port there; a connection's own `port` counts before that of its target. */
  port?: number;
}

/** What somebody wants to know about: may this packet get there, and how? */
export interface Connection {
  from: TraceEnd;
  to: TraceEnd;
  protocol: 'Tcp' | 'Udp' | 'Icmp';
  /** The port that the client dials; 0 where the protocol has none. */
  port: number;
}

/**
 * What comes of one way. `notTraced`: it leads to something that is not evaluated here, such as a gateway or an
 * appliance, so it is neither known to arrive nor known to be stopped.
 */
export type PathOutcome = 'arrives' | 'blocked' | 'notTraced';

/** What comes of all ways together. `partly`: some arrive, the others do not or are not traced to their end. */
export type TraceOutcome = PathOutcome | 'partly';

/** One thing that a packet meets on its way. */
export interface Hop {
  /** Id of the topology node: `internet`, a resource's lower-case id, or that of a part: a load balancer's rule, a security rule, a route, a subnet. */
  piece: string;
  /** More node ids that light up with it, for example the load balancer of a rule. */
  with: string[];
  verdict: 'passes' | PathOutcome;
  /** What happens here, in plain words. */
  says: string;
  /** The packet as it leaves this piece; where it is blocked, as it came. Words stand for addresses that are not known. */
  packet: { source: string; destination: string; port: number; protocol: string };
  /** Rule, priority, probe, backends that share it, … */
  facts: { label: string; value: string }[];
}

/** One way that a connection can take. */
export interface TracePath {
  hops: Hop[];
  outcome: PathOutcome;
  /** Id of the node where it ends, is stopped, or is not traced further. */
  at: string;
  /** One sentence. */
  summary: string;
  /** Pairs of node ids between which it passes, for lighting lines up. */
  links: [string, string][];
}

/**
 * All ways that a connection can take, one for each backend that shares a rule: first those that arrive, then those that
 * are not traced to their end.
 */
export interface Trace {
  connection: Connection;
  title: string;
  paths: TracePath[];
  outcome: TraceOutcome;
  summary: string;
  /** The links of all paths, each once. */
  links: [string, string][];
}

export interface TraceInput {
  /** As ARM's GET returns them; the same array is read only once, so give the same one again while nothing changed. */
  resources: readonly TopologyResource[];
  /** A node's title in the graph; without it pieces go by their names. */
  titleOf?: (id: string) => string | undefined;
}

/** What reaches a piece, or what it reaches. */
export interface ReachAnswer {
  piece: string;
  ways: ReachWay[];
}

export interface ReachWay {
  /** The connection in the words that `parseConnection` takes, or a range of such. */
  text: string;
  /** One connection of this kind, to be traced. */
  connection: Connection;
  outcome: TraceOutcome;
  /** What comes of it, in one sentence. */
  says: string;
}
