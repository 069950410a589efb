import { doubt, type Walk } from './walk.ts';
import { called, type TraceContext } from './words.ts';

/**
 * What comes to a public address that is chained to a gateway load balancer, or leaves by it, is first seen by the
 * appliances behind that one, and goes on as if nothing had been if they let it (Gateway Load Balancer).
 */
export const chained = (
  context: TraceContext,
  walk: Walk,
  gatewayBalancerFrontendId: string | undefined,
): Walk => {
  const id = gatewayBalancerFrontendId?.replace(/\/frontendipconfigurations\/[^/]*$/, '');
  return id === undefined
    ? walk
    : doubt(walk, `the appliances behind ${called(context, id)}, which see it first, let it through`);
};
