import { type ArmPlace, bearerToken, call } from '../../e2e/fixtures/arm-clients.ts';
import { startOwnServices } from '../../e2e/fixtures/own-services.ts';
import { z } from 'zod';
import { listenForProbes, type Use } from './probes.ts';

/** A portal and a local cloud of the benchmark's own, as processes of their own. */
export interface BenchServices {
  /** Address of the portal. */
  portal: string;
  /** Where the local cloud is. */
  place: ArmPlace;
  /** What both processes use at this moment, after their garbage was collected. */
  use: () => Promise<Use>;
  /** How many requests the local cloud has had, in all and by method and address pattern. */
  armRequests: () => Promise<{ total: number; counts: Record<string, number> }>;
  stop: () => Promise<void>;
}

const countsSchema = z.object({ total: z.number(), counts: z.record(z.string(), z.number()) });

/** Limits that are for people are lifted: all clients of a benchmark are one to the API. */
const unlimited = { SLIPWAY_REQUESTS_PER_MINUTE: '9999999', SLIPWAY_EVENT_STREAMS: '4000' };

export async function startBenchServices(environment: Record<string, string> = {}): Promise<BenchServices> {
  const probes = await listenForProbes();
  const services = await startOwnServices({
    SLIPWAY_LOG_LEVEL: 'fatal',
    ...unlimited,
    ...probes.environment,
    ...environment,
  });
  return {
    portal: services.portal,
    place: services.place,
    use: probes.ask,
    armRequests: async () => {
      const { token } = await bearerToken(services.place);
      const answer = await call(
        'GET',
        '/slipway/requests',
        { headers: { authorization: `Bearer ${token}` } },
        services.place,
      );
      return countsSchema.parse(JSON.parse(answer.body));
    },
    stop: async () => {
      probes.close();
      await services.remove();
    },
  };
}
