import type { ResourceProvider } from '../provider.ts';
import { availabilitySets } from './availability-sets.ts';
import { computeShapes } from './compute-shapes.ts';
import { listUsages } from './core-quotas.ts';
import { disks } from './disks.ts';
import { extensions } from './extensions.ts';
import { scaleSetInstanceInterfaces, scaleSetInstances } from './scale-set-instances.ts';
import { scaleSets } from './scale-sets.ts';
import { listMachineSizes, listSkus } from './skus.ts';
import { virtualMachines } from './virtual-machines.ts';

/** `Microsoft.Compute`. */
export const computeProvider: ResourceProvider = {
  namespace: 'Microsoft.Compute',
  types: [
    virtualMachines,
    extensions,
    availabilitySets,
    scaleSets,
    scaleSetInstances,
    scaleSetInstanceInterfaces,
    disks,
  ],
  shapes: computeShapes,
  subscriptionRoutes: {
    skus: listSkus,
    'locations/{location}/usages': listUsages,
    'locations/{location}/vmsizes': listMachineSizes,
  },
};
