import { request } from 'node:https';
import { localCredential } from '../src/arm/local-cloud-access.ts';
import type { RunningCloud } from './portal.test-support.ts';

type Mood = Readonly<Record<string, unknown>> & { mood: string };

/** What goes wrong in the local cloud from now on; counts begin anew. */
export async function setMoods(
  cloud: RunningCloud,
  moods: { requests?: readonly Mood[]; work?: readonly Mood[] },
): Promise<void> {
  const { status, text } = await askCloud(cloud, 'PUT', '/slipway/moods', moods);
  if (status !== 200) throw new Error(`The local cloud refused the moods: ${text}`);
}

/** How often each of the moods of requests has struck, in the order in which they were set. */
export async function struckMoods(cloud: RunningCloud): Promise<number[]> {
  const { text } = await askCloud(cloud, 'GET', '/slipway/moods');
  return (JSON.parse(text) as { requests: { struck: number }[] }).requests.map(({ struck }) => struck);
}

/** Asks the local cloud itself, beside the API. */
export async function askCloud(
  { certificatePem: certificate, endpoint, settings }: RunningCloud,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; text: string }> {
  const access = { endpoint, certificate, secret: settings.localSecret, timeLimitMs: 300_000 };
  const token = await localCredential(access).getToken(`${endpoint}/.default`);
  return new Promise((resolve, reject) => {
    const sent = request(
      `${endpoint}${path}`,
      {
        method,
        ca: certificate,
        headers: {
          authorization: `Bearer ${token?.token ?? ''}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
