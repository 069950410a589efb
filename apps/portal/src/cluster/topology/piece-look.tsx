import { tokens } from '@fluentui/react-components';
import {
  ArrowRightRegular,
  ArrowTurnRightRegular,
  CodeRegular,
  CubeMultipleRegular,
  CubeRegular,
  DatabaseRegular,
  DirectionsRegular,
  DoorArrowRightRegular,
  FlowchartRegular,
  GlobeRegular,
  GridRegular,
  HardDriveRegular,
  LocationRegular,
  OpenRegular,
  PlugConnectedRegular,
  BranchForkRegular,
  ServerMultipleRegular,
  ServerRegular,
  ShieldCheckmarkRegular,
  ShieldLockRegular,
  VirtualNetworkRegular,
} from '@fluentui/react-icons';
import type { NodeKind } from '@slipway/topology';
import type { JSX } from 'react';

/** The sign of each kind of piece. */
export function PieceIcon({ kind }: { kind: NodeKind }): JSX.Element {
  switch (kind) {
    case 'containerService':
      return <CubeMultipleRegular aria-hidden />;
    case 'internet':
      return <GlobeRegular aria-hidden />;
    case 'publicIp':
      return <LocationRegular aria-hidden />;
    case 'loadBalancer':
      return <BranchForkRegular aria-hidden />;
    case 'networkInterface':
      return <PlugConnectedRegular aria-hidden />;
    case 'virtualMachine':
    case 'scaleSetInstance':
      return <ServerRegular aria-hidden />;
    case 'extension':
      return <CodeRegular aria-hidden />;
    case 'scaleSet':
      return <ServerMultipleRegular aria-hidden />;
    case 'availabilitySet':
      return <GridRegular aria-hidden />;
    case 'virtualNetwork':
      return <VirtualNetworkRegular aria-hidden />;
    case 'subnet':
      return <FlowchartRegular aria-hidden />;
    case 'networkSecurityGroup':
      return <ShieldLockRegular aria-hidden />;
    case 'disk':
      return <HardDriveRegular aria-hidden />;
    case 'storageAccount':
      return <DatabaseRegular aria-hidden />;
    case 'loadBalancerRule':
      return <ArrowRightRegular aria-hidden />;
    case 'gateway':
      return <DoorArrowRightRegular aria-hidden />;
    case 'securityRule':
      return <ShieldCheckmarkRegular aria-hidden />;
    case 'routeTable':
      return <DirectionsRegular aria-hidden />;
    case 'route':
      return <ArrowTurnRightRegular aria-hidden />;
    case 'outside':
      return <OpenRegular aria-hidden />;
    case 'other':
      return <CubeRegular aria-hidden />;
  }
}

/** The colour of each kind of piece: one for what leads in, one for networks, for machines, for guards, for storage. */
export function pieceColor(kind: NodeKind): string {
  switch (kind) {
    case 'internet':
    case 'publicIp':
    case 'loadBalancer':
    case 'loadBalancerRule':
    case 'gateway':
    case 'networkInterface':
      return tokens.colorPaletteBlueForeground2;
    case 'containerService':
    case 'virtualNetwork':
    case 'subnet':
    case 'routeTable':
    case 'route':
      return tokens.colorPaletteTealForeground2;
    case 'virtualMachine':
    case 'scaleSet':
    case 'scaleSetInstance':
    case 'availabilitySet':
    case 'extension':
      return tokens.colorPaletteGrapeForeground2;
    case 'networkSecurityGroup':
    case 'securityRule':
      return tokens.colorPaletteMarigoldForeground2;
    case 'disk':
    case 'storageAccount':
      return tokens.colorPaletteForestForeground2;
    case 'outside':
    case 'other':
      return tokens.colorNeutralForeground2;
  }
}
