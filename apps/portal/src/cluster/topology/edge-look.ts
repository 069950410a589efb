import { tokens } from '@fluentui/react-components';
import { type EdgeKind, edgeWords } from '@slipway/topology';

interface EdgeLook {
  color: string;
  width: number;
  dashes: string;
  /** What it means, for the legend. */
  meaning: string;
  /** What it says of its target in the list, for example `leads to`. */
  forwards: string;
  /** The same from the target's side. */
  backwards: string;
}

/** How each kind of line is drawn and read. */
export const edgeLooks: Readonly<Record<EdgeKind, EdgeLook>> = {
  traffic: { color: tokens.colorPaletteBlueBorderActive, width: 1.75, dashes: 'none', ...edgeWords.traffic },
  outbound: { color: tokens.colorPaletteTealBorderActive, width: 1.25, dashes: '8 3', ...edgeWords.outbound },
  guards: { color: tokens.colorPaletteMarigoldBorderActive, width: 1.5, dashes: '6 4', ...edgeWords.guards },
  disk: { color: tokens.colorPaletteForestBorderActive, width: 1.5, dashes: 'none', ...edgeWords.disk },
  diagnostics: {
    color: tokens.colorNeutralStrokeAccessible,
    width: 1.25,
    dashes: '2 4',
    ...edgeWords.diagnostics,
  },
  spreads: { color: tokens.colorPaletteGrapeBorderActive, width: 1.25, dashes: '6 4', ...edgeWords.spreads },
  reference: {
    color: tokens.colorNeutralStrokeAccessible,
    width: 1.25,
    dashes: '4 4',
    ...edgeWords.reference,
  },
};
