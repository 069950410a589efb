import type { APIRequestContext } from '@playwright/test';
import { agentEntrances, type ConnectFacts } from '@slipway/cluster';
import { type ClusterPath, connectAnswerSchema, routes } from '@slipway/contract';

async function factsOf(api: APIRequestContext, path: ClusterPath): Promise<ConnectFacts> {
  return connectAnswerSchema.parse(await (await api.get(routes.clusterConnect(path))).json()).facts;
}

/** Where a port of the agents answers; throws when the cluster does not offer it. */
export async function agentsUrl(api: APIRequestContext, path: ClusterPath, port: number): Promise<string> {
  const found = agentEntrances(await factsOf(api, path)).find((entrance) => entrance.port === port);
  if (!found) throw new Error(`The cluster offers no port ${port}.`);
  return found.url;
}

/** Every address and port of this computer at which a cluster is reached. */
export async function endpointsOf(
  api: APIRequestContext,
  path: ClusterPath,
): Promise<{ host: string; port: number }[]> {
  const facts = await factsOf(api, path);
  return [...facts.ssh, ...facts.agentPorts].map(({ at }) => at);
}
