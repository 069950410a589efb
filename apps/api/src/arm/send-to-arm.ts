import { createDefaultHttpClient, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { Arm } from './arm.ts';

const httpClient = createDefaultHttpClient();

/** The subscription that an ARM id or path is in. */
export function subscriptionOf(id: string): string {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? '';
}

/**
 * Sends a request through the SDK's own pipeline (token, trust, retries) and gives ARM's answer as it is: the generated
 * models leave members out that they do not know, such as zones and etags, and the portal shows what ARM says.
 *
 * @param address a path, or the absolute address that ARM gave of a next page
 */
export async function sendToArm(
  arm: Arm,
  method: 'GET' | 'PUT' | 'DELETE',
  address: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const url = new URL(address, arm.endpoint);
  const { resources } = await arm.clients(subscriptionOf(url.pathname));
  const request = createPipelineRequest({
    url: url.href,
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (body !== undefined) request.headers.set('content-type', 'application/json');
  const { bodyAsText } = await resources.pipeline.sendRequest(httpClient, request);
  return JSON.parse(bodyAsText || 'null') as unknown;
}
