import {
  ArrowDownloadRegular,
  BranchCompareRegular,
  BranchForkRegular,
  CodeRegular,
  CopyRegular,
  DocumentRegular,
  FlowchartRegular,
  ImageRegular,
  MapRegular,
  PrintRegular,
  SaveRegular,
} from '@fluentui/react-icons';
import { type UseNavigateResult, useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useExplorer } from './explorer-context.ts';
import type { TopologyPlace } from './topology-place.ts';
import type { ExportForm } from './use-exports.tsx';

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

/** What has a menu does nothing by itself. */
const opensItsMenu = (): void => undefined;

const forms: readonly { form: ExportForm; name: string; icon: JSX.Element }[] = [
  { form: 'svg', name: 'Picture (SVG)', icon: <ImageRegular /> },
  { form: 'png', name: 'Picture (PNG)', icon: <ImageRegular /> },
  { form: 'drawio', name: 'draw.io', icon: <FlowchartRegular /> },
  { form: 'mermaid', name: 'Mermaid', icon: <DocumentRegular /> },
  { form: 'copy-mermaid', name: 'Copy as Mermaid', icon: <CopyRegular /> },
  { form: 'json', name: 'JSON', icon: <CodeRegular /> },
];

/** The tools of the explorer, in the order in which they are offered. */
export function useTools(does: {
  save: (form: ExportForm) => void;
  print: () => void;
  keep: () => void;
}): readonly ExplorerTool[] {
  const { address, change, place, isNarrow } = useExplorer();
  const navigate = useNavigate();
  const { trace, step } = address;
  // On a phone there is room for one panel.
  const alone = isNarrow ? { selectedId: undefined } : {};
  return [
    {
      name: 'Trace',
      icon: <BranchForkRegular />,
      isOn: trace !== undefined,
      use: () => change({ trace: trace === undefined ? '' : undefined, step: undefined, ...alone }),
    },
    {
      name: 'Guided walk',
      icon: <MapRegular />,
      isOn: step !== undefined,
      use: () => change({ step: step === undefined ? 1 : undefined, trace: undefined, ...alone }),
    },
    {
      name: 'Compare',
      icon: <BranchCompareRegular />,
      use: opensItsMenu,
      items: [
        { name: 'Compare with…', icon: <BranchCompareRegular />, use: () => void compare(navigate, place) },
        { name: 'Keep this moment', icon: <SaveRegular />, use: does.keep },
      ],
    },
    {
      name: 'Export',
      icon: <ArrowDownloadRegular />,
      use: opensItsMenu,
      items: [
        ...forms.map(({ form, name, icon }) => ({ name, icon, use: () => does.save(form) })),
        { name: 'Print', icon: <PrintRegular />, use: does.print },
      ],
    },
  ];
}

function compare(navigate: UseNavigateResult<string>, { kind, path }: TopologyPlace): Promise<void> {
  return kind === 'cluster'
    ? navigate({
        to: '/clusters/$subscriptionId/$resourceGroup/$name/topology/compare',
        params: { ...path },
      })
    : navigate({ to: '/resource-groups/$subscriptionId/$resourceGroup/compare', params: { ...path } });
}
