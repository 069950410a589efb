import { expect, describe, it } from 'vitest';
import type { Cluster, SearchAnswer } from '@slipway/contract';
import type { Choice } from './choice.ts';
import { foundChoices } from './found-choices.ts';
import { recentChoices, recentChoicesKey, rememberChoice } from './recent-choices.ts';
import { searchTextOf } from './search-text.ts';

const subscriptionId = '11111111-1111-1111-1111-111111111111';

const clusterOf = (name: string): Cluster => ({
  subscriptionId,
  resourceGroup: 'Quay',
  name,
  id: name,
  state: 'succeeded',
  stackState: 'succeeded',
  region: 'westeurope',
  orchestrator: 'Swarm',
  dnsPrefix: name,
  adminUsername: 'azureuser',
  masterCount: 1,
  agentCount: 1,
  machineSize: 'Standard_B1ms',
});

const answerOf = (parts: Partial<SearchAnswer>): SearchAnswer => ({
  clusters: [],
  groups: [],
  resources: [],
  deployments: [],
  deploymentGroups: { searched: 0, all: 0 },
  unread: [],
  ...parts,
});

const create: Choice = {
  id: 'page:/create',
  kind: 'command',
  label: 'Create a container service',
  words: 'new cluster',
  target: { href: '/create' },
};

const choiceOf = (name: string): Choice => ({
  id: `group:${name}`,
  kind: 'group',
  label: name,
  target: { href: `/resource-groups/s/${name}` },
});

function storageOf(content: Record<string, string> = {}) {
  const kept = new Map(Object.entries(content));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe('what a text finds', () => {
  const known = { commands: [create], clusters: ['my-web', 'WEB', 'webs'].map(clusterOf) };
  const labels = (text: string, answer?: SearchAnswer) =>
    foundChoices(text, known, answer).map(({ label, choices }) => [
      label,
      ...choices.map((each) => each.label),
    ]);

  it('is there before there is an answer, the very name first', () => {
    expect(labels('web')).toEqual([['Container services', 'WEB', 'webs', 'my-web']]);
    expect(labels('new CLUSTER')).toEqual([['Commands', 'Create a container service']]);
  });

  it('has each cluster once, in whatever case it is answered', () => {
    const clusters = [
      { subscriptionId, resourceGroup: 'QUAY', name: 'web' },
      { subscriptionId, resourceGroup: 'elsewhere', name: 'web' },
    ];
    expect(labels('web', answerOf({ clusters }))).toEqual([
      ['Container services', 'WEB', 'web', 'webs', 'my-web'],
    ]);
  });

  it('of an answer to fewer letters is what has all of them', () => {
    const groups = ['web', 'west'].map((name) => ({
      id: name,
      subscriptionId,
      name,
      location: 'westeurope',
    }));
    expect(labels('we', answerOf({ groups }))).toContainEqual(['Resource groups', 'web', 'west']);
    expect(labels('wes', answerOf({ groups }))).toEqual([['Resource groups', 'west']]);
  });

  it('tells of a resource what it is and where', () => {
    const id = `/subscriptions/${subscriptionId}/resourceGroups/Quay/providers/Microsoft.Network/loadBalancers/web lb`;
    const type = 'Microsoft.Network/loadBalancers';
    const resources = [
      { id, subscriptionId, resourceGroup: 'Quay', name: 'web lb', type, location: 'westeurope' },
    ];
    expect(foundChoices('lb', known, answerOf({ resources }))[0]?.choices[0]).toMatchObject({
      label: 'web lb',
      detail: 'Load balancer in Quay',
      target: { href: `/resources${id.replace(' ', '%20')}` },
    });
  });

  it('leads to addresses that hold any name', () => {
    const groups = [{ id: 'g', subscriptionId: 'a/b', name: 'x (1)?#', location: 'westeurope' }];
    const [found] = foundChoices('x', { commands: [], clusters: [] }, answerOf({ groups }));
    expect(found?.choices[0]?.target).toEqual({ href: '/resource-groups/a%2Fb/x%20(1)%3F%23' });
  });
});

describe('recent choices', () => {
  it('are the last eight, each once, the latest first', () => {
    const storage = storageOf();
    for (const name of 'abcdefghijc'.split('')) rememberChoice(storage, choiceOf(name));
    rememberChoice(storage, create);
    expect(recentChoices(storage).map(({ label }) => label)).toEqual('cjihgfed'.split(''));
    expect(recentChoices(storage)[0]).toEqual(choiceOf('c'));
  });

  it.each([
    '//elsewhere.example',
    'https://elsewhere.example',
    'javascript:alert(1)',
    '/\\elsewhere.example',
  ])('never lead to %s', (href) => {
    const stored = JSON.stringify([{ id: 'x', kind: 'group', label: 'x', href }]);
    expect(recentChoices(storageOf({ [recentChoicesKey]: stored }))).toEqual([]);
  });

  it('are none where the storage holds something else', () => {
    for (const stored of ['', '{', '{}', '[1]'])
      expect(recentChoices(storageOf({ [recentChoicesKey]: stored }))).toEqual([]);
  });
});

describe('the text that is searched for', () => {
  it('is one line, no longer than the API takes it', () => {
    expect(searchTextOf(' a\n\u2028b\u0007 ')).toBe('a b');
    expect(searchTextOf('\n')).toBe('');
    expect(searchTextOf('x'.repeat(200))).toHaveLength(90);
    expect(searchTextOf('\ud800a')).toBe('\ufffda');
  });
});
