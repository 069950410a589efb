import {
  AddRegular,
  AppsListRegular,
  ArrowCircleRightRegular,
  ArrowExportRegular,
  ArrowFitRegular,
  CubeMultipleRegular,
  DesktopRegular,
  DocumentTextRegular,
  FlowRegular,
  FolderRegular,
  GridRegular,
  HistoryRegular,
  InfoRegular,
  KeyboardRegular,
  PlugConnectedRegular,
  RocketRegular,
  ServerRegular,
  SettingsRegular,
  UsbPlugRegular,
  WeatherMoonRegular,
  WeatherSunnyRegular,
} from '@fluentui/react-icons';
import { kindOfType } from '@slipway/topology';
import type { JSX } from 'react';
import { PieceIcon } from '../cluster/topology/piece-look.tsx';
import type { Choice } from './choice.ts';

const clusterPage = 'cluster-page:/clusters/$subscriptionId/$resourceGroup/$name';

/** Signs of commands by their ids: as in the navigation, where they stand there too. */
const commandIcons: Readonly<Record<string, JSX.Element>> = {
  'page:/': <CubeMultipleRegular aria-hidden />,
  'page:/create': <AddRegular aria-hidden />,
  'page:/resource-groups': <FolderRegular aria-hidden />,
  'page:/resources': <AppsListRegular aria-hidden />,
  'page:/settings': <SettingsRegular aria-hidden />,
  'theme:light': <WeatherSunnyRegular aria-hidden />,
  'theme:dark': <WeatherMoonRegular aria-hidden />,
  'theme:auto': <DesktopRegular aria-hidden />,
  shortcuts: <KeyboardRegular aria-hidden />,
  [clusterPage]: <InfoRegular aria-hidden />,
  [`${clusterPage}/topology`]: <FlowRegular aria-hidden />,
  [`${clusterPage}/machines`]: <ServerRegular aria-hidden />,
  [`${clusterPage}/scale`]: <ArrowFitRegular aria-hidden />,
  [`${clusterPage}/ports`]: <UsbPlugRegular aria-hidden />,
  [`${clusterPage}/connect`]: <PlugConnectedRegular aria-hidden />,
  [`${clusterPage}/resources`]: <GridRegular aria-hidden />,
  [`${clusterPage}/deployment`]: <RocketRegular aria-hidden />,
  [`${clusterPage}/export`]: <ArrowExportRegular aria-hidden />,
  [`${clusterPage}/activity`]: <DocumentTextRegular aria-hidden />,
};

/** The sign of what can be chosen. */
export function ChoiceIcon({ id, kind, type }: Pick<Choice, 'id' | 'kind' | 'type'>): JSX.Element {
  switch (kind) {
    case 'command':
      return commandIcons[id] ?? <ArrowCircleRightRegular aria-hidden />;
    case 'cluster':
      return <CubeMultipleRegular aria-hidden />;
    case 'group':
      return <FolderRegular aria-hidden />;
    case 'deployment':
      return <HistoryRegular aria-hidden />;
    case 'resource':
      return <PieceIcon kind={kindOfType(type ?? '')} />;
  }
}
