import { request } from 'node:https';
import type { ClusterSpec } from '@slipway/cluster';
import { type ClusterPath, type StreamEvent, streamEventSchema } from '@slipway/contract';
import { localCredential } from '../src/arm/local-cloud-access.ts';
import type { ApiClient, RunningCloud } from './portal.test-support.ts';

export const subscriptionId = '11111111-1111-1111-1111-111111111111';

/** A spec that the local cloud can build; `changes` replace whole members. */
export function specOf(changes: {
  basics?: Partial<ClusterSpec['basics']>;
  master?: Partial<ClusterSpec['master']>;
  agent?: Partial<ClusterSpec['agent']>;
}): ClusterSpec {
  return {
    basics: {
      serviceName: 'web',
      subscriptionId,
      resourceGroup: { kind: 'new', name: 'web-group' },
      region: 'westeurope',
      ...changes.basics,
    },
    master: {
      orchestrator: 'swarm',
      dnsPrefix: 'webtest',
      adminUsername: 'azureuser',
      sshPublicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGg1Kf9Wn0nUJQvC2mVtHkYo2rC1pU8dTq7sXwZb3aLe tester',
      count: 1,
      ...changes.master,
    },
    agent: { count: 2, machineSize: 'Standard_D2s_v5', ...changes.agent },
  };
}

export const pathOf = ({ basics }: ClusterSpec): ClusterPath => ({
  subscriptionId: basics.subscriptionId,
  resourceGroup: basics.resourceGroup.name,
  name: basics.serviceName,
});

/** One server-sent event as a browser sees it; `id` is the last id so far. */
export interface SeenEvent {
  id: string | undefined;
  event: StreamEvent;
}

/** Reads a stream of events; ends with the stream. `stop` closes it from this side. */
export async function openEvents(
  api: ApiClient,
  route: string,
  lastEventId?: string,
): Promise<{ response: Response; events: AsyncGenerator<SeenEvent>; stop: () => void }> {
  const abort = new AbortController();
  const response = await api.fetch(route, {
    signal: abort.signal,
    headers: { accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
  });
  return { response, events: parseEvents(response, lastEventId), stop: () => abort.abort() };
}

async function* parseEvents(response: Response, lastEventId: string | undefined): AsyncGenerator<SeenEvent> {
  let id = lastEventId;
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line): [string, string] => {
          const at = line.indexOf(': ');
          return [line.slice(0, at), line.slice(at + 2)];
        }),
      );
      id = fields.get('id') ?? id;
      const data = fields.get('data');
      if (data === undefined) continue;
      const event = streamEventSchema.parse(JSON.parse(data));
      if (fields.get('event') !== event.type) throw new Error('The SSE event is not the type of its data.');
      yield { id, event };
    }
  }
}

/** How often the local cloud was asked, by method and path pattern. */
export async function requestCounts(cloud: RunningCloud): Promise<Record<string, number>> {
  const { certificatePem: certificate, endpoint, settings } = cloud;
  const credential = localCredential({
    endpoint,
    certificate,
    secret: settings.localSecret,
    timeLimitMs: 300_000,
  });
  const token = await credential.getToken(`${endpoint}/.default`);
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token?.token ?? ''}` };
    request(
      `${endpoint}/slipway/requests?api-version=2015-01-01`,
      { ca: certificate, headers },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => resolve((JSON.parse(text) as { counts: Record<string, number> }).counts));
      },
    )
      .on('error', reject)
      .end();
  });
}

/** Sum of the counts whose key matches. */
export const countOf = (counts: Record<string, number>, pattern: RegExp): number =>
  Object.entries(counts).reduce((sum, [key, count]) => sum + (pattern.test(key) ? count : 0), 0);
