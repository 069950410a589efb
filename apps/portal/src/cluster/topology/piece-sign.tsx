import { makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkCircleFilled,
  CircleHintRegular,
  DeleteRegular,
  DismissCircleFilled,
  PauseCircleRegular,
} from '@fluentui/react-icons';
import { type PiecePhase, phaseWords } from '@slipway/topology';
import type { JSX } from 'react';
import { powerWord } from './state-words.ts';

/** The colours of the signs; none is told by its colour alone. */
export const useSignColors = makeStyles({
  done: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  working: { color: tokens.colorBrandForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** The sign of a piece's state. */
export interface Sign {
  icon: JSX.Element;
  words?: string;
  color: 'done' | 'failed' | 'working' | 'quiet';
}

/** How a state is told; a machine that does not run says so once all else is well. */
export function signOf(phase: PiecePhase | undefined, power: string | undefined): Sign | undefined {
  const off = phase === 'done' || phase === undefined ? powerWord(power) : undefined;
  if (off) return { icon: <PauseCircleRegular />, words: off, color: 'quiet' };
  switch (phase) {
    case undefined:
      return undefined;
    case 'done':
      return { icon: <CheckmarkCircleFilled />, color: 'done' };
    case 'failed':
      return { icon: <DismissCircleFilled />, color: 'failed' };
    case 'working':
      return { icon: <ArrowSyncRegular />, words: phaseWords[phase], color: 'working' };
    case 'planned':
      return { icon: <CircleHintRegular />, words: phaseWords[phase], color: 'quiet' };
    case 'deleting':
    case 'deleted':
      return { icon: <DeleteRegular />, words: phaseWords[phase], color: 'quiet' };
  }
}
