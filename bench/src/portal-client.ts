import {
  clusterSchema,
  csrfHeader,
  routes,
  sessionSchema,
  streamEventSchema,
  type ClusterPath,
  type StreamEvent,
} from '@slipway/contract';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterSpec } from '@slipway/cluster';

/** What the API answers when it cannot tell in time; a browser asks again, and so does the benchmark. */
export const busy: ReadonlySet<number> = new Set([429, 503, 504]);
const againAfterMs = 500;

export const subscriptionId = '11111111-1111-1111-1111-111111111111';

/** An answer of the API. */
export interface Answer {
  status: number;
  body: string;
  headers: Headers;
}

/** One person's browser, as far as the API can tell: a session, its requests, its event streams. */
export class PortalClient {
  readonly #portal: string;
  readonly #headers: Record<string, string>;

  private constructor(portal: string, headers: Record<string, string>) {
    this.#portal = portal;
    this.#headers = headers;
  }

  static async open(portal: string): Promise<PortalClient> {
    const answer = await fetch(`${portal}${routes.session()}`);
    const { csrfToken } = sessionSchema.parse(await answer.json());
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    return new PortalClient(portal, { cookie, [csrfHeader]: csrfToken });
  }

  async send(
    method: string,
    address: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const answer = await fetch(`${this.#portal}${address}`, {
      method,
      headers: {
        ...this.#headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.text(), headers: answer.headers };
  }

  /** Sends, as often as it takes until there is time for it, and refuses every answer but a success. */
  async expect(method: string, address: string, body?: unknown): Promise<Answer> {
    let answer = await this.send(method, address, body);
    while (busy.has(answer.status)) {
      await delay(againAfterMs);
      answer = await this.send(method, address, body);
    }
    if (answer.status >= 400)
      throw new Error(`${method} ${address}: ${answer.status} ${answer.body.slice(0, 500)}`);
    return answer;
  }

  async create(spec: ClusterSpec): Promise<ClusterPath> {
    await this.expect('POST', routes.clusters(), { requestId: crypto.randomUUID(), spec });
    return pathOf(spec);
  }

  async stateOf(path: ClusterPath): Promise<string> {
    const { status, body } = await this.send('GET', routes.cluster(path));
    if (status === 404) return 'gone';
    return status === 200 ? clusterSchema.parse(JSON.parse(body)).state : 'unknown';
  }

  /**
   * Watches a deployment until it ends, or until `leave` is aborted; `told` gets each event at the moment it comes.
   * Resolves to whether it ended.
   */
  async watch(path: ClusterPath, told: (event: StreamEvent) => void, leave?: AbortSignal): Promise<boolean> {
    try {
      const answer = await fetch(`${this.#portal}${routes.clusterDeploymentEvents(path)}`, {
        headers: { ...this.#headers, accept: 'text/event-stream' },
        ...(leave === undefined ? {} : { signal: leave }),
      });
      if (busy.has(answer.status)) return false;
      if (!answer.ok || !answer.body) throw new Error(`The event stream answered ${answer.status}.`);
      let buffered = '';
      for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
        buffered += text;
        const messages = buffered.split('\n\n');
        buffered = messages.pop() ?? '';
        for (const message of messages) {
          const data = /^data: ?(.*)$/m.exec(message)?.[1];
          if (data === undefined) continue;
          const event = streamEventSchema.parse(JSON.parse(data));
          told(event);
          if (event.type === 'ended') return true;
        }
      }
      return false;
    } catch (thrown) {
      if (leave?.aborted) return false;
      throw thrown;
    }
  }

  /** Watches until the deployment ends, over as many streams as that takes. */
  async watchToTheEnd(
    path: ClusterPath,
    told: (event: StreamEvent) => void = () => undefined,
  ): Promise<void> {
    while (!(await this.watch(path, told))) await delay(againAfterMs);
  }
}

export const pathOf = ({ basics }: ClusterSpec): ClusterPath => ({
  subscriptionId: basics.subscriptionId,
  resourceGroup: basics.resourceGroup.name,
  name: basics.serviceName,
});
