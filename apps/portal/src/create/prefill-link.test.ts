import { describe, expect, test } from 'vitest';
import { type Draft, emptyDraft } from './draft.ts';
import { prefillOf, readPrefill } from './prefill-link.ts';
import { fittingValues, longestLink, longestSharedLink } from './prefill-values.ts';

const draft: Draft = {
  basics: {
    serviceName: '-(harbour)_1.2',
    subscriptionId: '11111111-1111-1111-1111-111111111111',
    resourceGroup: { kind: 'existing', name: 'harbour-group' },
    region: 'westeurope',
  },
  master: {
    ...emptyDraft.master,
    dnsPrefix: 'harbour',
    adminUsername: 'jane',
    sshPublicKey: 'ssh-ed25519 A',
    count: 5,
  },
  agent: { count: ' 12 ', machineSize: 'Standard_D2s_v5' },
  network: {
    addressSpace: '10.20.0.0/16, 10.30.0.0/16',
    masterSubnet: '10.20.0.0/24',
    agentSubnet: '10.30.0.0/24',
  },
  tags: [{ name: 'Cost centre', value: '4711' }],
};

describe('a link that fills in the wizard', () => {
  test('brings everything but the SSH key', () => {
    const link = prefillOf(draft);
    expect(JSON.stringify(link)).not.toContain('ssh');
    expect(readPrefill(link)).toEqual({
      draft: {
        ...draft,
        master: { ...draft.master, sshPublicKey: '' },
        agent: { ...draft.agent, count: '12' },
      },
      leftOut: [],
      isEmpty: false,
      isTooLong: false,
    });
  });

  test('holds nothing that breaks a rule', () => {
    expect(prefillOf({ ...draft, agent: { count: 'many', machineSize: '<img>' } })).not.toHaveProperty(
      'agents',
    );
    expect(prefillOf(emptyDraft)).toEqual({ masters: 3, agents: 3 });
  });

  test('is read value by value: what is wrong is named and left out', () => {
    const read = readPrefill({
      serviceName: 'web',
      subscription: 'not-an-id',
      resourceGroup: ['a'],
      group: 'stolen',
      region: 'x'.repeat(500),
      dnsPrefix: '<script>',
      userName: 'root',
      masters: 2,
      agents: '1e9',
      machineSize: {},
      network: { addressSpace: ['10.0.0.0/8'], masterSubnet: '11.0.0.0/24', agentSubnet: '10.0.0.0/24' },
      tags: [{ name: 'slipway-cluster', value: '' }],
    });
    expect(read?.leftOut).toEqual([
      'subscription',
      'resourceGroup',
      'group',
      'region',
      'dnsPrefix',
      'userName',
      'masters',
      'agents',
      'machineSize',
      'network',
      'tags',
    ]);
    expect(read?.draft).toEqual({ ...emptyDraft, basics: { ...emptyDraft.basics, serviceName: 'web' } });
  });

  test('takes numbers for names, as the address gives them', () => {
    expect(readPrefill({ serviceName: 42, agents: '7', masters: '5' })?.draft).toMatchObject({
      basics: { serviceName: '42' },
      master: { count: 5 },
      agent: { count: '7' },
    });
  });

  test('is no longer than links may be, and read only up to there', () => {
    const tags = Array.from({ length: 40 }, (_, index) => ({ name: `tag${index}`, value: 'x'.repeat(200) }));
    const all = prefillOf({ ...draft, tags });
    const { tags: _tags, ...others } = all;
    expect(fittingValues(all, longestSharedLink)).toEqual({ values: others, isWithoutTags: true });
    expect(fittingValues(all, longestLink)).toEqual({ values: others, isWithoutTags: true });
    const few = prefillOf({ ...draft, tags: tags.slice(0, 15) });
    expect(fittingValues(few, longestSharedLink).isWithoutTags).toBe(true);
    expect(fittingValues(few, longestLink)).toEqual({ values: few, isWithoutTags: false });
    expect(readPrefill({ serviceName: 'web' }, longestLink + 1)).toEqual({
      draft: emptyDraft,
      leftOut: ['serviceName'],
      isEmpty: true,
      isTooLong: true,
    });
  });

  test('without any value is none', () => {
    expect(readPrefill({})).toBeUndefined();
  });
});
