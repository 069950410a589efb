import type {
  Layout,
  PieceState,
  TopologyGraph,
  TopologyNode,
  TopologyResource,
  WalkStep,
} from '@slipway/topology';
import { type ReactNode, createContext, use } from 'react';
import type { LinksOf } from '../piece-links.ts';
import type { ExplorerAddress } from './explorer-address.ts';
import type { PieceIndex } from './find-pieces.ts';
import type { PieceStatus } from './piece-status.ts';
import type { TopologyPlace } from './topology-place.ts';
import type { FollowedTrace, Lit } from './use-trace.ts';
import type { ChangeAddress } from './use-explorer-address.ts';

/** What every part of the explorer works with. */
export interface Explorer {
  /** Which cluster or group this is. */
  place: TopologyPlace;
  serviceName: string;
  graph: TopologyGraph;
  resources: readonly TopologyResource[];
  states: ReadonlyMap<string, PieceState>;
  byId: ReadonlyMap<string, TopologyNode>;
  childrenOf: ReadonlyMap<string, readonly TopologyNode[]>;
  statuses: ReadonlyMap<string, PieceStatus>;
  linksOf: LinksOf;
  index: PieceIndex;
  address: ExplorerAddress;
  change: ChangeAddress;
  /** The pieces that fit search and filters; undefined while neither asks anything. */
  matching: ReadonlySet<string> | undefined;
  containers: ReadonlySet<string>;
  /** The containers that are closed now. */
  closed: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** Selects a piece, or nothing; the focus goes back to `from` when its pane closes. */
  select: (id: string | undefined, from?: HTMLElement | null) => void;
  /** Selects a piece and brings it into the middle of the diagram. */
  visit: (id: string, from?: HTMLElement | null) => void;
  /** Brings pieces into the diagram's window. */
  zoomTo: (ids: readonly string[]) => void;
  /** The connection that is followed. */
  followed: FollowedTrace;
  /** The steps of the guided walk; empty while nobody walks. */
  walk: readonly WalkStep[];
  /** What lights up: the way of the connection that is followed, or what the walk is at. */
  lit: Lit | undefined;
  /** The drawing as it is on the screen, or would be. */
  layoutNow: () => Layout;
  /** Links to pages about a piece. */
  actionsOf: ((node: TopologyNode) => ReactNode) | undefined;
  /** Whether there is room for one panel only. */
  isNarrow: boolean;
}

const ExplorerContext = createContext<Explorer | undefined>(undefined);

/** Hands the explorer to its parts. */
export const ExplorerProvider = ExplorerContext.Provider;

/** The explorer that this part belongs to. */
export function useExplorer(): Explorer {
  const explorer = use(ExplorerContext);
  if (!explorer) throw new Error('A part of the explorer was drawn outside of it.');
  return explorer;
}
