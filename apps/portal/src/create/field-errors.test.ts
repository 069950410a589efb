import { describe, expect, test } from 'vitest';
import { emptyDraft } from './draft.ts';
import { allErrors, cloudErrors, ruleErrors, tagErrors } from './field-errors.ts';
import { fieldOfPath, fieldPaths, fieldsOf, stepOf } from './fields.ts';
import { completeDraft, twoCores } from './wizard.test-support.ts';

const { basics, master } = completeDraft;
const sizes = { sizes: [twoCores], regionCoresLeft: 100, faultDomains: 3 };
const group = { id: 'g', name: 'Orders-Group', location: 'westeurope', tags: {} };

describe('the rules of the fields', () => {
  test('find nothing wrong with a complete wizard', () => {
    expect(ruleErrors(completeDraft)).toEqual({});
  });

  test('ask for every value that an empty wizard lacks', () => {
    expect(Object.keys(ruleErrors(emptyDraft)).toSorted()).toEqual([
      'agent.machineSize',
      'basics.region',
      'basics.resourceGroup.name',
      'basics.serviceName',
      'basics.subscriptionId',
      'master.adminUsername',
      'master.dnsPrefix',
      'master.sshPublicKey',
    ]);
  });

  test('are told at the fields of the network and at the rows of the tags', () => {
    const draft = {
      ...completeDraft,
      network: { ...completeDraft.network, addressSpace: '10.0.0.0/8', agentSubnet: '10.0.0.0/30' },
      tags: [
        { name: '', value: '' },
        { name: 'a/b', value: '' },
      ],
    };
    expect(ruleErrors(draft)).toEqual({
      'network.masterSubnet': expect.stringContaining('not within'),
      'network.agentSubnet': expect.stringContaining('too small'),
      tags: expect.stringContaining('cannot contain'),
    });
    expect(tagErrors(draft)).toMatchObject([{ row: 1, part: 'name' }]);
    expect(fieldOfPath('spec.tags.0.name')).toBe('tags');
    expect(fieldOfPath('network.addressSpace')).toBe('network.addressSpace');
    expect(stepOf('tags')).toBe('basics');
  });

  test('come before what the cloud says of the same field', () => {
    const draft = { ...completeDraft, basics: { ...basics, region: '' } };
    expect(allErrors(draft, { regions: [] })['basics.region']).toBe('Choose a region.');
  });
});

describe('what the cloud says', () => {
  test('is no error while it is not known', () => {
    expect(cloudErrors(completeDraft, {})).toEqual({});
  });

  test('refuses a name taken in the group, in whatever case', () => {
    const clusters = [
      { subscriptionId: basics.subscriptionId, resourceGroup: 'ORDERS-GROUP', name: 'Orders' },
    ];
    expect(cloudErrors(completeDraft, { clusters })['basics.serviceName']).toContain('already');
  });

  test('lets the same name be in another group', () => {
    const clusters = [{ subscriptionId: basics.subscriptionId, resourceGroup: 'other', name: 'orders' }];
    expect(cloudErrors(completeDraft, { clusters })).toEqual({});
  });

  test('refuses a new group that exists, and an existing one that does not', () => {
    const path = 'basics.resourceGroup.name';
    expect(cloudErrors(completeDraft, { resourceGroups: [group] })[path]).toContain('already');
    const existing = {
      ...completeDraft,
      basics: { ...basics, resourceGroup: { kind: 'existing' as const, name: 'orders-group' } },
    };
    expect(cloudErrors(existing, { resourceGroups: [group] })).toEqual({});
    expect(cloudErrors(existing, { resourceGroups: [] })[path]).toContain('no resource group');
  });

  test('names the DNS names that are taken', () => {
    const labels = [
      { label: 'ordersmgmt', fqdn: 'ordersmgmt.example', available: false },
      { label: 'ordersagents', fqdn: 'ordersagents.example', available: true },
    ];
    const message = cloudErrors(completeDraft, { dns: { available: false, labels } })['master.dnsPrefix'];
    expect(message).toBe('ordersmgmt.example is already taken. Choose another prefix.');
  });

  test('refuses a size for which all machines together exceed a quota', () => {
    const path = 'agent.machineSize';
    expect(cloudErrors(completeDraft, { machineSizes: sizes })).toEqual({});
    const tight = { ...sizes, sizes: [{ ...twoCores, familyCoresLeft: 11 }] };
    expect(cloudErrors(completeDraft, { machineSizes: tight })[path]).toContain('12 vCPUs');
    const fullRegion = { ...sizes, regionCoresLeft: 11 };
    expect(cloudErrors(completeDraft, { machineSizes: fullRegion })[path]).toContain("region's quota has 11");
    const oneMaster = { ...completeDraft, master: { ...master, count: 1 as const } };
    expect(cloudErrors(oneMaster, { machineSizes: fullRegion })).toEqual({});
  });

  test('refuses a size that the region does not offer, with its reason where there is one', () => {
    const path = 'agent.machineSize';
    expect(cloudErrors(completeDraft, { machineSizes: { ...sizes, sizes: [] } })[path]).toContain(
      'not offered',
    );
    const restricted = { ...sizes, sizes: [{ ...twoCores, unavailable: 'Not in this subscription.' }] };
    expect(cloudErrors(completeDraft, { machineSizes: restricted })[path]).toBe('Not in this subscription.');
  });
});

describe('the fields', () => {
  test('each belong to one step', () => {
    expect((['basics', 'master', 'agent'] as const).flatMap(fieldsOf).toSorted()).toEqual(
      [...fieldPaths].toSorted(),
    );
    expect(stepOf('master.sshPublicKey')).toBe('master');
  });

  test.each([
    ['master.dnsPrefix', 'master.dnsPrefix'],
    ['spec.agent.count', 'agent.count'],
    ['basics.resourceGroup', 'basics.resourceGroup.name'],
    ['basics.resourceGroup.kind', 'basics.resourceGroup.name'],
    ['requestId', undefined],
    ['basics', undefined],
  ])('an error of the API at %s is shown at %s', (path, field) => {
    expect(fieldOfPath(path)).toBe(field);
  });
});
