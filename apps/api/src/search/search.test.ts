import { randomUUID } from 'node:crypto';
import { type SearchAnswer, apiErrorSchema, routes, searchAnswerSchema } from '@slipway/contract';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { armOf } from '../../test/arm.test-support.ts';
import { countOf, requestCounts, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { setMoods } from '../../test/moods.test-support.ts';
import {
  type RunningApi,
  type RunningCloud,
  patientSettings,
  startApi,
  startCloud,
} from '../../test/portal.test-support.ts';
import { kustoText } from '../arm/resource-graph.ts';
import { nameRank } from './name-rank.ts';

// A cluster is made first, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi({ ...cloud.settings, ...patientSettings, requestsPerMinute: 1_000_000 });
  const spec = specOf({
    basics: { serviceName: 'harbor', resourceGroup: { kind: 'new', name: 'Harbor-Group' } },
  });
  const created = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(created.status).toBe(201);
  await vi.waitFor(
    async () => {
      const clusters = (await (await api.fetch(routes.clusters())).json()) as { state: string }[];
      expect(clusters[0]?.state).toBe('succeeded');
    },
    { timeout: 60_000 },
  );
  const { resources, network } = await armOf(cloud).clients(subscriptionId);
  for (const name of ['harbor', 'old-harbor', 'quay'])
    await resources.resourceGroups.createOrUpdate(name, { location: 'westeurope' });
  for (const name of ['inner-HARBOR', 'harbor', 'harbor-2'])
    await network.networkSecurityGroups.createOrUpdate('quay', name, { location: 'westeurope' });
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const search = async (text: string, limit?: number): Promise<SearchAnswer> => {
  const answer = await api.fetch(routes.search(text, limit));
  expect(answer.status, text).toBe(200);
  return searchAnswerSchema.parse(await answer.json());
};

const lists = (counts: Record<string, number>) => countOf(counts, /GET .*\/deployments$/i);

describe('the search', () => {
  it('finds what has a text in its name, the very name first, then names that begin with it', async () => {
    const { clusters, groups, resources, deployments, deploymentGroups, unread } = await search('HARBOR', 20);
    expect(clusters).toEqual([{ subscriptionId, resourceGroup: 'Harbor-Group', name: 'harbor' }]);
    expect(groups.map(({ name }) => name)).toEqual(['harbor', 'Harbor-Group', 'old-harbor']);
    expect(groups[0]).toEqual({
      id: `/subscriptions/${subscriptionId}/resourceGroups/harbor`,
      subscriptionId,
      name: 'harbor',
      location: 'westeurope',
    });
    expect(resources.slice(0, 3).map(({ name }) => name)).toEqual(['harbor', 'harbor-2', 'inner-HARBOR']);
    expect(deployments.map(({ resourceGroup, state }) => [resourceGroup, state])).toEqual([
      ['Harbor-Group', 'Succeeded'],
    ]);
    expect(deployments[0]?.name).toMatch(/^harbor/);
    expect([deploymentGroups, unread]).toEqual([{ searched: 4, all: 4 }, []]);
  });

  it('tells of resources where they are, of what type, and of what cluster', async () => {
    const { resources } = await search('swarm-master-lb');
    expect(resources).toEqual([
      {
        id: expect.stringContaining(
          '/resourceGroups/Harbor-Group/providers/Microsoft.Network/loadBalancers/',
        ),
        subscriptionId,
        resourceGroup: 'Harbor-Group',
        name: expect.stringMatching(/^swarm-master-lb-\d+$/),
        type: 'Microsoft.Network/loadBalancers',
        location: 'westeurope',
        cluster: 'harbor',
      },
    ]);
    const [extension] = (await search('configuremaster')).resources;
    expect(extension).toMatchObject({
      name: expect.stringMatching(/^swarm-master-\d+-0\/configuremaster$/),
      type: 'Microsoft.Compute/virtualMachines/extensions',
    });
  });

  it('finds no more of each kind than is wanted', async () => {
    const { groups, resources } = await search('a', 2);
    expect([groups.length, resources.length]).toEqual([2, 2]);
    expect((await search('swarm')).resources).toHaveLength(5);
  });

  it('finds nothing of a name that nothing has', async () => {
    const { clusters, groups, resources, deployments } = await search('no such name');
    expect([clusters, groups, resources, deployments]).toEqual([[], [], [], []]);
  });

  it('looks at deployments once for many searches', async () => {
    const before = await requestCounts(cloud);
    await Promise.all(['h', 'ha', 'har', 'harb'].map((text) => search(text)));
    expect(lists(await requestCounts(cloud))).toBe(lists(before));
  });

  it.each([
    ['no text', ''],
    ['spaces alone', '?text=%20%20'],
    ['too long a text', `?text=${'x'.repeat(91)}`],
    ['a control character', '?text=a%0Ab'],
    ['a line separator', '?text=a%E2%80%A8b'],
    ['no limit', '?text=a&limit=0'],
    ['too high a limit', '?text=a&limit=21'],
    ['a limit that is none', '?text=a&limit=many'],
    ['two texts', '?text=a&text=b'],
  ])('refuses %s', async (_what, query) => {
    const answer = await api.fetch(`/api/search${query}`);
    expect(answer.status).toBe(400);
    expect(apiErrorSchema.parse(await answer.json()).error.code).toBe('InvalidRequest');
  });

  it('takes any text for what it is: nothing of it becomes a part of the query', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            "'",
            '"',
            '\\',
            "\\'",
            '|',
            ')',
            '(',
            '//',
            '{{',
            '}}',
            '@',
            '`',
            'h',
            ' or true ',
            ' | take 1',
          ),
          { minLength: 1, maxLength: 12 },
        )
        .map((parts) => parts.join('')),
      fc.constantFrom("' or true or name == '", "x' | project id, name //", "\\' | count //", "'; Resources"),
    );
    const allowed = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u;
    await fc.assert(
      fc.asyncProperty(
        hostile.filter((text) => text.trim() !== '' && text.trim().length <= 90 && allowed.test(text)),
        async (text) => {
          const { clusters, groups, resources } = await search(text, 20);
          for (const { name } of [...clusters, ...groups, ...resources])
            expect(name.toLowerCase()).toContain(text.trim().toLowerCase());
        },
      ),
      { numRuns: 60 * Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1) },
    );
  });
});

describe('the search in trouble', () => {
  afterEach(() => setMoods(cloud, {}));

  it('finds a cluster that has nothing yet but its group', async () => {
    const { resources } = await armOf(cloud).clients(subscriptionId);
    const tags = { 'slipway-cluster': 'Lighthouse' };
    await resources.resourceGroups.createOrUpdate('Berth', { location: 'westeurope', tags });
    const { clusters, groups } = await search('lighthouse');
    expect([clusters, groups]).toEqual([
      [{ subscriptionId, resourceGroup: 'Berth', name: 'Lighthouse' }],
      [],
    ]);
  });

  it('looks for deployments in thirty groups, those with clusters first, and says so', async () => {
    const { resources } = await armOf(cloud).clients(subscriptionId);
    for (let index = 0; index < 30; index += 1)
      await resources.resourceGroups.createOrUpdate(`a-${index}`, { location: 'westeurope' });
    const other = await startApi({ ...cloud.settings, ...patientSettings });
    const answer = await other.fetch(routes.search('harbor'));
    const { deployments, deploymentGroups } = searchAnswerSchema.parse(await answer.json());
    await other.close();
    expect(deploymentGroups.searched).toBe(30);
    expect(deploymentGroups.all).toBeGreaterThan(30);
    expect(deployments).toHaveLength(1);
  });

  it('names groups whose deployments cannot be read, and finds what it can', async () => {
    await setMoods(cloud, {
      requests: [{ mood: 'status', status: 403, path: '*/resourcegroups/harbor-group/*/deployments*' }],
    });
    const other = await startApi({ ...cloud.settings, ...patientSettings });
    const answer = await other.fetch(routes.search('harbor'));
    const { clusters, deployments, unread } = searchAnswerSchema.parse(await answer.json());
    await other.close();
    expect(clusters).toHaveLength(1);
    expect(deployments).toEqual([]);
    expect(unread).toEqual([
      { subscriptionId, resourceGroup: 'Harbor-Group', message: expect.stringMatching(/\S/) },
    ]);
  });

  it("passes on when Resource Graph wants to be left alone, in the API's form", async () => {
    await setMoods(cloud, {
      requests: [{ mood: 'status', status: 429, retryAfterSeconds: 60, path: '*/Microsoft.ResourceGraph/*' }],
    });
    const answer = await api.fetch(routes.search('harbor'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60']);
    expect(apiErrorSchema.parse(await answer.json()).error.code).toBe('TooManyRequests');
  });
});

describe('a text in a query', () => {
  it('says what it said, and has no braces side by side, which Azure would replace', async () => {
    const graph = await armOf(cloud).graph();
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(fc.constantFrom('{', '}', '{{', '}}}', "'", '\\', 'a', '/subscriptions/x', ' ', 'ü😀'), {
            maxLength: 20,
          })
          .map((parts) => parts.join('')),
        async (text) => {
          const literal = kustoText(text);
          expect(literal).not.toMatch(/\{\{|\}\}/);
          const { data } = await graph.resources({ query: `Resources | take 1 | project text = ${literal}` });
          expect(data).toEqual([{ text }]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the rank of a name', () => {
  it('is better the more of the name is the text', () => {
    expect(['web', 'WEB', 'webs', 'my-web', 'wb'].map((name) => nameRank(name, 'web'))).toEqual([
      0,
      0,
      1,
      2,
      undefined,
    ]);
  });
});
