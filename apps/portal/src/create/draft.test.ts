import { describe, expect, test } from 'vitest';
import { type Draft, emptyDraft, parseCount, specFromDraft, withoutPrivateKeys } from './draft.ts';
import { discardDraft, readDraft, saveDraft } from './draft-storage.ts';
import { completeDraft, memoryStorage } from './wizard.test-support.ts';

const privateKey =
  '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----';

const withKey = (sshPublicKey: string): Draft => ({
  ...completeDraft,
  master: { ...completeDraft.master, sshPublicKey },
});

const forbid = (): never => {
  throw new Error('forbidden');
};

describe('a draft', () => {
  test('makes no spec while something is missing', () => {
    expect(specFromDraft(emptyDraft)).toBeUndefined();
  });

  test('makes a spec with the number of agents as a number and the key without space around it', () => {
    const spec = specFromDraft(withKey(`  ${completeDraft.master.sshPublicKey}\n`));
    expect(spec?.agent.count).toBe(3);
    expect(spec?.master.sshPublicKey).toBe(completeDraft.master.sshPublicKey);
  });

  test('says nothing of network and tags unless they are a person’s own', () => {
    expect(specFromDraft({ ...completeDraft, tags: [{ name: ' ', value: '' }] })).not.toMatchObject({
      network: expect.anything(),
    });
    const own = specFromDraft({
      ...completeDraft,
      network: {
        addressSpace: '10.20.0.0/16; 10.30.0.0/16',
        masterSubnet: ' 10.20.0.0/24',
        agentSubnet: '10.30.0.0/24 ',
      },
      tags: [
        { name: '', value: '' },
        { name: 'env ', value: ' prod' },
      ],
    });
    expect(own?.network).toEqual({
      addressSpace: ['10.20.0.0/16', '10.30.0.0/16'],
      masterSubnet: '10.20.0.0/24',
      agentSubnet: '10.30.0.0/24',
    });
    expect(own?.tags).toEqual([{ name: 'env', value: 'prod' }]);
  });

  test.each(['', 'three', '1.5', '-1', '1e2', '0x3'])('takes %j for no number of agents', (text) => {
    expect(parseCount(text)).toBeNaN();
  });

  test('keeps no part of a key that is not a public one', () => {
    const rest = 'MC4CAQAwBQYDK2VwBCIEIPKW82f6qPz2';
    expect(withoutPrivateKeys(withKey(rest)).master.sshPublicKey).toBe('');
    const twoInOne = `${completeDraft.master.sshPublicKey} ${privateKey}`;
    expect(withoutPrivateKeys(withKey(twoInOne)).master.sshPublicKey).toBe('');
  });

  test('loses a private key in whatever field it was pasted', () => {
    const draft = withoutPrivateKeys({
      ...withKey(privateKey),
      basics: { ...completeDraft.basics, serviceName: privateKey },
      network: { ...completeDraft.network, addressSpace: privateKey },
      tags: [{ name: 'key', value: privateKey }],
    });
    expect(JSON.stringify(draft)).not.toContain('PRIVATE KEY');
    expect(draft.master.dnsPrefix).toBe(completeDraft.master.dnsPrefix);
  });
});

describe('a draft kept in the browser', () => {
  const stored = { savedAt: 1_000, draft: completeDraft, confirmed: ['basics' as const] };

  test('comes back as it was', () => {
    const storage = memoryStorage();
    saveDraft(storage, stored);
    expect(readDraft(storage)).toEqual({ ...stored, version: 1 });
  });

  test('of a version without network and tags is completed', () => {
    const storage = memoryStorage();
    const { network: _network, tags: _tags, ...draft } = completeDraft;
    storage.setItem('slipway.create-draft', JSON.stringify({ ...stored, version: 1, draft }));
    expect(readDraft(storage)?.draft).toEqual(completeDraft);
  });

  test('never holds a private key', () => {
    const storage = memoryStorage();
    saveDraft(storage, { ...stored, draft: withKey(privateKey) });
    expect(storage.content()).not.toContain('PRIVATE KEY');
  });

  test.each(['not json', '{}', '{"version":0,"savedAt":1,"draft":{},"confirmed":[]}', 'null'])(
    'is no draft when it reads %j',
    (text) => {
      const storage = memoryStorage();
      storage.setItem('slipway.create-draft', text);
      expect(readDraft(storage)).toBeUndefined();
    },
  );

  test('is gone once discarded', () => {
    const storage = memoryStorage();
    saveDraft(storage, stored);
    discardDraft(storage);
    expect(readDraft(storage)).toBeUndefined();
  });

  test('does not stop the wizard where storage is forbidden', () => {
    const storage = { getItem: forbid, setItem: forbid, removeItem: forbid };
    saveDraft(storage, stored);
    discardDraft(storage);
    expect(readDraft(storage)).toBeUndefined();
  });
});
