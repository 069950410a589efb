import { type ConnectFacts, type Entrance, agentEntrances, sshEntrances } from '@slipway/cluster';
import type { CheckEntranceRequest, EntranceCheck } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import { type ProbeKind, probe } from './probe.ts';

/**
 * Tries an entrance of a cluster from this computer. Host and port come from the facts and from nowhere else: nobody
 * gets this computer to connect to a place of their choice.
 *
 * @param reachable whether something listens at all; if not, nothing is tried
 * @param signal ends the try when nobody waits for it any more
 * @throws ApiError `InvalidRequest` where the cluster has no such entrance
 */
export async function checkEntrance(
  { facts, reachable }: { facts: ConnectFacts; reachable: boolean },
  { kind, port }: CheckEntranceRequest,
  signal: AbortSignal,
): Promise<EntranceCheck> {
  const entrances: Entrance[] = kind === 'ssh' ? sshEntrances(facts) : agentEntrances(facts);
  const entrance = entrances.find((candidate) => candidate.port === port);
  if (!entrance)
    throw new ApiError('InvalidRequest', `The cluster has no such entrance: port ${port}.`, {
      fields: [
        {
          path: 'port',
          message: `Choose one of ${entrances.map((candidate) => candidate.port).join(', ')}.`,
        },
      ],
    });
  const { address } = entrance;
  if (!reachable)
    return {
      outcome: 'unreachable',
      detail: 'The machines of this cluster are simulated: nothing listens anywhere.',
      milliseconds: 0,
      address,
    };
  return { ...(await probe({ ...entrance.at, kind: spokenAt(entrance) }, { signal })), address };
}

/** What is spoken behind the ports that every cluster opens to the web; of others only that they take connections. */
const webPorts = new Map<number, ProbeKind>([
  [80, 'http'],
  [443, 'https'],
  [8080, 'http'],
]);

const spokenAt = ({ kind, port }: Entrance): ProbeKind =>
  kind === 'ssh' ? 'ssh' : (webPorts.get(port) ?? 'tcp');
