import { tokens } from '@fluentui/react-components';
import type { EdgeKind } from '@slipway/topology';

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
  traffic: {
    color: tokens.colorPaletteBlueBorderActive,
    width: 1.75,
    dashes: 'none',
    meaning: 'Traffic from the internet',
    forwards: 'Leads to',
    backwards: 'Reached from',
  },
  outbound: {
    color: tokens.colorPaletteTealBorderActive,
    width: 1.25,
    dashes: '8 3',
    meaning: 'Traffic to the internet',
    forwards: 'Goes out through',
    backwards: 'Lets out',
  },
  guards: {
    color: tokens.colorPaletteMarigoldBorderActive,
    width: 1.5,
    dashes: '6 4',
    meaning: 'Guards',
    forwards: 'Guards',
    backwards: 'Guarded by',
  },
  disk: {
    color: tokens.colorPaletteForestBorderActive,
    width: 1.5,
    dashes: 'none',
    meaning: 'Uses the disk',
    forwards: 'Uses',
    backwards: 'Used by',
  },
  diagnostics: {
    color: tokens.colorNeutralStrokeAccessible,
    width: 1.25,
    dashes: '2 4',
    meaning: 'Writes diagnostics to',
    forwards: 'Writes diagnostics to',
    backwards: 'Keeps diagnostics of',
  },
  spreads: {
    color: tokens.colorPaletteGrapeBorderActive,
    width: 1.25,
    dashes: '6 4',
    meaning: 'Spreads over racks',
    forwards: 'Spreads',
    backwards: 'Spread by',
  },
  reference: {
    color: tokens.colorNeutralStrokeAccessible,
    width: 1.25,
    dashes: '4 4',
    meaning: 'Refers to',
    forwards: 'Refers to',
    backwards: 'Referred to by',
  },
};
