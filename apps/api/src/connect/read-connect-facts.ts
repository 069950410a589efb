import { type ConnectFacts, connectFacts } from '@slipway/cluster';
import type { ArmResource } from '@slipway/contract';
import { ApiError } from '../api-error.ts';

/** The facts of the connect commands. Throws `ClusterNotReady` while the resources do not tell them all. */
export function readConnectFacts(resources: readonly ArmResource[]): ConnectFacts {
  const reading = connectFacts(resources);
  if (reading.complete) return reading.facts;
  throw new ApiError(
    'ClusterNotReady',
    `The cluster cannot be connected to yet: its resources do not tell ${reading.missing.join(', ')}.`,
  );
}
