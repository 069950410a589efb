import type { Entrance } from '@slipway/cluster';
import type { CheckOutcome } from '@slipway/contract';

/**
 * What to do after a check of an entrance; empty where all is well.
 *
 * @param serviceStep the number on the page of the step that runs a first service
 */
export function checkAdvice(
  { kind, port }: Pick<Entrance, 'kind' | 'port'>,
  outcome: CheckOutcome,
  serviceStep: number,
): string {
  if (outcome === 'answered') return '';
  if (kind === 'ssh')
    return outcome === 'unreachable'
      ? "If the machine runs, a firewall may stand between the portal's computer and the cluster."
      : 'The machine may still be starting: wait a minute and check again.';
  const service = `Run a service that publishes port ${port} first, step ${serviceStep}.`;
  if (outcome === 'refused') return service;
  return outcome === 'unreachable'
    ? `${service} If one runs, a firewall may stand between the portal's computer and the cluster.`
    : `${service} If one runs, it may still be starting: check again in a moment.`;
}
