import { CredentialUnavailableError } from '@azure/identity';
import { describe, expect, it } from 'vitest';
import type { Arm } from './arm.ts';
import { describeCloud } from './cloud-description.ts';
import { keptCredential } from './kept-credential.ts';

const azureWith = (checkCredential: Arm['checkCredential']): Arm => ({
  kind: 'azure',
  endpoint: 'https://management.azure.com',
  certificate: () => Promise.resolve(undefined),
  clients: () => Promise.reject(new Error('not used')),
  subscriptions: () => Promise.reject(new Error('not used')),
  checkCredential,
});

describe('the description of Azure', () => {
  it('says in one sentence that there is no credential, with the remedy', async () => {
    const { problem } = await describeCloud(
      azureWith(() => Promise.reject(new CredentialUnavailableError('EnvironmentCredential …'))),
    );
    expect(problem).toMatch(/^No credential for Azure was found: .*"az login".*\.$/);
  });

  it('says that Azure cannot be reached when that is the reason', async () => {
    const unreachable = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    const { problem } = await describeCloud(azureWith(() => Promise.reject(unreachable)));
    expect(problem).toMatch(/^Azure cannot be reached at https:\/\/management\.azure\.com: /);
  });

  it('has no problem when a token was given', async () => {
    expect(await describeCloud(azureWith(() => Promise.resolve()))).toEqual({
      kind: 'azure',
      displayName: 'Azure',
      armEndpoint: 'https://management.azure.com',
      dnsSuffix: 'cloudapp.azure.com',
      machines: 'azure',
    });
  });
});

const counting = (expiresInMs: number) => {
  let asked = 0;
  const credential = keptCredential({
    getToken: () => {
      asked += 1;
      return Promise.resolve({ token: `token ${asked}`, expiresOnTimestamp: Date.now() + expiresInMs });
    },
  });
  return { credential, asked: () => asked };
};

describe('a kept credential', () => {
  it('asks once for all who want the same token, also at the same moment', async () => {
    const { credential, asked } = counting(3_600_000);
    await Promise.all([credential.getToken('a'), credential.getToken('a')]);
    expect(await credential.getToken(['a'])).toMatchObject({ token: 'token 1' });
    expect(asked()).toBe(1);
    await credential.getToken('b');
    expect(asked()).toBe(2);
  });

  it('asks again when the token has ended, and for every challenge', async () => {
    const ended = counting(-1);
    await ended.credential.getToken('a');
    await ended.credential.getToken('a');
    expect(ended.asked()).toBe(2);
    const challenged = counting(3_600_000);
    await challenged.credential.getToken('a');
    await challenged.credential.getToken('a', { claims: '{}' });
    expect(challenged.asked()).toBe(2);
  });
});
