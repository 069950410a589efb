import { randomUUID } from 'node:crypto';
import { apiErrorSchema, routes } from '@slipway/contract';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { type GateRequest, startGate } from '../../test/gate.test-support.ts';
import { type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });

const spec = specOf({ master: { dnsPrefix: 'strange' }, agent: { count: 1 } });
const path = pathOf(spec);

let cloud: RunningCloud;
let gate: Awaited<ReturnType<typeof startGate>>;
/** What becomes of the cloud's answers on the way to the API. */
let change: (request: GateRequest, body: string) => string;
const asItIs = (_request: GateRequest, body: string) => body;
beforeAll(async () => {
  change = asItIs;
  cloud = await startCloud();
  gate = await startGate(
    cloud,
    () => Promise.resolve(),
    (request, body) => change(request, body),
  );
  const api = await startApi(cloud.settings);
  const answer = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(answer.status).toBe(201);
  await vi.waitFor(async () => {
    const cluster = (await (await api.fetch(routes.cluster(path))).json()) as { state: string };
    expect(cluster.state).toBe('succeeded');
  }, 60_000);
  await api.close();
});
afterAll(async () => {
  await gate.close();
  await cloud.close();
});

const reads: readonly string[] = [
  routes.subscriptions(),
  routes.regions(subscriptionId),
  routes.resourceGroups(subscriptionId),
  routes.groupResources(subscriptionId, path.resourceGroup),
  routes.groupTopology(subscriptionId, path.resourceGroup),
  routes.machineSizes(subscriptionId, 'westeurope'),
  routes.dnsAvailability(subscriptionId, 'westeurope', 'another'),
  routes.clusters(),
  routes.cluster(path),
  routes.clusterResources(path),
  routes.clusterTopology(path),
  routes.clusterPlan(path),
  routes.clusterConnect(path),
  routes.clusterMachines(path),
  routes.clusterDeployment(path),
];

/** What ARM might say where something else is expected: nothing, another type, a state that nobody knows, too much. */
const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'Unheard-of',
    '2026-02-31T99:99:99Z',
    -1,
    1e308,
    true,
    [],
    {},
    [null],
    [[]],
  ),
  fc.constantFrom<unknown>(
    '/subscriptions',
    '/',
    '//',
    '/subscriptions/s/providers/',
    'https://elsewhere.example/x',
  ),
  fc.constant({ __proto__: null, constructor: 'x', toString: 1 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
);

interface Change {
  /** Which answers: the remainder of their running number. */
  which: number;
  /** Where in the answer: chooses a member at each level. */
  steps: number[];
  what: 'remove' | 'replace' | 'add' | 'null everything' | 'deepen';
  value: unknown;
}
const someChange: fc.Arbitrary<Change> = fc.record({
  which: fc.nat(20),
  steps: fc.array(fc.nat(30), { minLength: 1, maxLength: 7 }),
  what: fc.constantFrom('remove', 'replace', 'replace', 'add', 'null everything', 'deepen'),
  value: strangeValue,
});

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function changed(body: string, { steps, what, value }: Change): string {
  const root = { answer: JSON.parse(body) as unknown };
  let holder: Record<string, unknown> = root;
  let name = 'answer';
  for (const step of steps) {
    const next = holder[name];
    if (!isContainer(next) || Object.keys(next).length === 0) break;
    holder = next;
    name = Object.keys(next)[step % Object.keys(next).length]!;
  }
  const member = holder[name];
  if (what === 'remove') delete holder[name];
  else if (what === 'replace') holder[name] = value;
  else if (what === 'add' && isContainer(member)) member['unexpected'] = value;
  else if (what === 'null everything' && isContainer(member))
    for (const key of Object.keys(member)) member[key] = null;
  else if (what === 'deepen') return `{"value":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  return JSON.stringify(root.answer) ?? '';
}

/** The answer is one that the portal can show: what was asked for, or an error in words; never the program's own. */
async function expectSane(route: string, answer: Response): Promise<void> {
  const json: unknown = await answer.json();
  if (answer.status === 200) return;
  const { error } = apiErrorSchema.parse(json);
  const said = `${route}: ${answer.status} ${error.code} ${error.message}`;
  expect([404, 409, 502, 503, 504], said).toContain(answer.status);
  expect(error.message, said).toMatch(/\S \S/);
  expect(error.remedy, said).toMatch(/\S \S/);
}

describe('an ARM that answers strangely', () => {
  it('leaves every read with what it asked for or with an error in words', async () => {
    await fc.assert(
      fc.asyncProperty(someChange, fc.nat(reads.length - 1), async (strange, index) => {
        // Fresh, because what was read is kept for a moment.
        const api = await startApi({ ...gate.settings, armTimeLimitMs: 3_000 });
        let number = 0;
        change = (request, body) => {
          if (!/^\/(?:subscriptions|metadata)/i.test(request.path) || body === '') return body;
          number += 1;
          return (number - 1) % 21 === strange.which || strange.which === 20 ? changed(body, strange) : body;
        };
        try {
          await expectSane(reads[index]!, await api.fetch(reads[index]!));
        } finally {
          change = asItIs;
          await api.close();
        }
      }),
      // Each run takes a whole API: what is found is told before the time is over.
      { numRuns: 80, endOnFailure: true },
    );
  });

  it.each([
    ['text', 'not JSON at all'],
    ['a web page', '<!doctype html><title>Gateway</title>'],
    ['nothing', ''],
    ['half of it', '{"value":[{"id":"/subscr'],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['a list of nothing', '{"value":[null,null]}'],
    ['no list', '{"value":null}'],
    ['a list that is none', '{"value":{"0":{}}}'],
    ['an object of nulls', '{"id":null,"name":null,"tags":null,"location":null,"properties":null}'],
  ])('and in every answer %s, too', async (_what, body) => {
    const api = await startApi({ ...gate.settings, armTimeLimitMs: 3_000 });
    change = ({ path: asked }, real) => (/^\/subscriptions/i.test(asked) ? body : real);
    for (const route of reads) await expectSane(route, await api.fetch(route));
    change = asItIs;
    await api.close();
  });

  it('and with lists whose next page is the same page again: they come to an end', async () => {
    const api = await startApi(gate.settings);
    change = ({ path: asked }, real) => {
      if (!/^\/subscriptions/i.test(asked) || !real.includes('"value"')) return real;
      const nextLink = `https://localhost:${gate.settings.armPort}${asked}?api-version=2025-04-01`;
      return JSON.stringify({ ...(JSON.parse(real) as object), nextLink });
    };
    for (const route of [routes.subscriptions(), routes.clusterResources(path)]) {
      const answer = await api.fetch(route);
      await expectSane(route, answer);
      expect(answer.status).toBe(502);
    }
    change = asItIs;
    await api.close();
  });

  it('and with lists whose next page is at another host: the token is not shown there', async () => {
    const api = await startApi(gate.settings);
    const { armPort } = gate.settings;
    const asked: string[] = [];
    change = (request, real) => {
      asked.push(request.path);
      if (!/^\/subscriptions/i.test(request.path) || !real.includes('"value"')) return real;
      const nextLink = `https://127.0.0.1:${armPort}/elsewhere?api-version=2025-04-01`;
      return JSON.stringify({ ...(JSON.parse(real) as object), nextLink });
    };
    for (const route of [routes.subscriptions(), routes.clusterResources(path)])
      expect((await api.fetch(route)).status).toBe(502);
    expect(asked).not.toContain('/elsewhere');
    change = asItIs;
    await api.close();
  });
});
