import {
  CubeMultipleRegular,
  FolderRegular,
  HistoryRegular,
  ArrowCircleRightRegular,
} from '@fluentui/react-icons';
import { kindOfType } from '@slipway/topology';
import type { JSX } from 'react';
import { PieceIcon } from '../cluster/topology/piece-look.tsx';
import type { Choice } from './choice.ts';

/** The sign of what can be chosen. */
export function ChoiceIcon({ kind, type }: Pick<Choice, 'kind' | 'type'>): JSX.Element {
  switch (kind) {
    case 'command':
      return <ArrowCircleRightRegular aria-hidden />;
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
