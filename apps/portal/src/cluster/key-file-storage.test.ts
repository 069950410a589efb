import { describe, expect, test } from 'vitest';
import { memoryStorage } from '../create/wizard.test-support.ts';
import { keepKeyFile, keptKeyFile } from './key-file-storage.ts';

const harbour = { subscriptionId: 'S', resourceGroup: 'Group', name: 'harbour' };

const refuse = (): never => {
  throw new Error('forbidden');
};

describe('the path of a private key', () => {
  test('is kept for each cluster, whatever the case of its names', () => {
    const storage = memoryStorage();
    keepKeyFile(storage, harbour, ' ~/.ssh/harbour ');
    expect(keptKeyFile(storage, { ...harbour, resourceGroup: 'gROUP' })).toBe('~/.ssh/harbour');
    expect(keptKeyFile(storage, { ...harbour, name: 'quay' })).toBe('');
  });

  test.each([
    '',
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ',
    'first\nsecond',
    '/keys/100%',
  ])('%j is not kept, and what was kept before is gone', (text) => {
    const storage = memoryStorage();
    keepKeyFile(storage, harbour, '/keys/harbour');
    keepKeyFile(storage, harbour, text);
    expect(storage.content()).toBe('');
    expect(keptKeyFile(storage, harbour)).toBe('');
  });

  test('is as good as none where storage is forbidden', () => {
    const storage = { getItem: refuse, setItem: refuse, removeItem: refuse };
    keepKeyFile(storage, harbour, '/keys/harbour');
    expect(keptKeyFile(storage, harbour)).toBe('');
  });
});
