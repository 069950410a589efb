import type { CloudView } from '../../providers/provider.ts';
import { balancerListeners, type BalancerListener } from './balancer-plan.ts';
import { plannedConfigurations, type PlannedConfiguration } from './planned-configurations.ts';

/** What the plans of networks and of public addresses are both made from. */
export interface NetworksReading {
  readonly configurations: readonly PlannedConfiguration[];
  readonly listeners: readonly BalancerListener[];
}

/** Reads it from the resources: once for whoever makes both plans. */
export function readNetworks(view: CloudView): NetworksReading {
  const configurations = plannedConfigurations(view);
  return { configurations, listeners: balancerListeners(view, configurations) };
}
