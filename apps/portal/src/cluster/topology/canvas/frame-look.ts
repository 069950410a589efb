import { tokens } from '@fluentui/react-components';
import type { NodeKind } from '@slipway/topology';

export interface FrameLook {
  stroke: string;
  fill: string;
  width: number;
  isDashed: boolean;
}

type FrameName = 'service' | 'network' | 'subnet' | 'set' | 'machine' | 'balancer' | 'guard' | 'plain';

const background = tokens.colorNeutralBackground1;
const over = (color: string, percent: number): string =>
  `color-mix(in srgb, ${color} ${percent}%, ${background})`;

/** How the frames around pieces are drawn; what lies further in is a little darker. */
const frameLooks: Readonly<Record<FrameName, FrameLook>> = {
  service: {
    stroke: tokens.colorBrandStroke1,
    fill: over(tokens.colorBrandBackground2, 22),
    width: 2,
    isDashed: false,
  },
  network: {
    stroke: tokens.colorPaletteTealBorderActive,
    fill: over(tokens.colorPaletteTealBackground2, 22),
    width: 1.5,
    isDashed: false,
  },
  subnet: {
    stroke: tokens.colorPaletteTealBorderActive,
    fill: over(tokens.colorPaletteTealBackground2, 45),
    width: 1,
    isDashed: true,
  },
  set: {
    stroke: tokens.colorPaletteGrapeBorderActive,
    fill: over(tokens.colorPaletteGrapeBackground2, 30),
    width: 1,
    isDashed: true,
  },
  machine: { stroke: tokens.colorPaletteGrapeBorderActive, fill: background, width: 1, isDashed: false },
  balancer: { stroke: tokens.colorPaletteBlueBorderActive, fill: background, width: 1, isDashed: false },
  guard: { stroke: tokens.colorPaletteMarigoldBorderActive, fill: background, width: 1, isDashed: false },
  plain: { stroke: tokens.colorNeutralStroke1, fill: background, width: 1, isDashed: false },
};

/** The frame that is drawn around what a piece contains. */
export const frameLookOf = (kind: NodeKind): FrameLook => frameLooks[frameNameOf(kind)];

function frameNameOf(kind: NodeKind): FrameName {
  switch (kind) {
    case 'containerService':
      return 'service';
    case 'virtualNetwork':
      return 'network';
    case 'subnet':
      return 'subnet';
    case 'availabilitySet':
      return 'set';
    case 'virtualMachine':
    case 'scaleSet':
    case 'scaleSetInstance':
      return 'machine';
    case 'loadBalancer':
    case 'gateway':
      return 'balancer';
    case 'networkSecurityGroup':
    case 'routeTable':
      return 'guard';
    case 'internet':
    case 'publicIp':
    case 'loadBalancerRule':
    case 'networkInterface':
    case 'extension':
    case 'securityRule':
    case 'route':
    case 'disk':
    case 'storageAccount':
    case 'other':
    case 'outside':
      return 'plain';
  }
}
