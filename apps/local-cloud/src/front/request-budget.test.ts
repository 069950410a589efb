import { Agent } from 'node:https';
import { expect, test } from 'vitest';
import { startTestCloud } from '../local-cloud.test-support.ts';

test('a strict cloud refuses more writes than Azure allows in an hour, says when to come again, and goes on reading', async () => {
  const cloud = await startTestCloud({ settings: { isStrict: true } });
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  try {
    const write = () =>
      cloud.send('PUT', '/subscriptions/none/resourceGroups/x?api-version=2021-04-01', { agent });
    let refused;
    for (let batch = 0; batch < 14 && refused === undefined; batch += 1) {
      const answers = await Promise.all(Array.from({ length: 100 }, write));
      refused = answers.find(({ status }) => status === 429);
    }
    expect(refused?.json.error.code).toBe('SubscriptionRequestsThrottled');
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    const read = await cloud.send('GET', '/subscriptions?api-version=2021-01-01', { agent });
    expect([read.status, Number(read.headers['x-ms-ratelimit-remaining-tenant-reads'])]).toEqual([
      200, 11_999,
    ]);
  } finally {
    agent.destroy();
    await cloud.close();
  }
});
