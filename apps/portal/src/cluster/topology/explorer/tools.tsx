import { MapRegular, BranchForkRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { useExplorer } from './explorer-context.ts';

/** Something to do with the topology as a whole. */
export interface ExplorerTool {
  name: string;
  icon: JSX.Element;
  /** Whether its panel is open; undefined for what has none. */
  isOn?: boolean;
  use: () => void;
  /** A menu of its own in its place. */
  items?: readonly { name: string; icon: JSX.Element; use: () => void }[];
}

/** The tools of the explorer, in the order in which they are offered. */
export function useTools(): readonly ExplorerTool[] {
  const { address, change } = useExplorer();
  const { trace, step } = address;
  return [
    {
      name: 'Trace',
      icon: <BranchForkRegular />,
      isOn: trace !== undefined,
      use: () => change({ trace: trace === undefined ? '' : undefined, step: undefined }),
    },
    {
      name: 'Guided walk',
      icon: <MapRegular />,
      isOn: step !== undefined,
      use: () => change({ step: step === undefined ? 1 : undefined, trace: undefined }),
    },
  ];
}
