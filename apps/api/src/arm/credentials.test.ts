import type { AccessToken } from '@azure/core-auth';
import { CredentialUnavailableError } from '@azure/identity';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CredentialFailure } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { describeCloud } from './cloud-description.ts';
import { keptCredential } from './kept-credential.ts';

afterEach(() => {
  vi.useRealTimers();
});

const azureWith = (checkCredential: Arm['checkCredential']): Arm => ({
  kind: 'azure',
  endpoint: 'https://management.azure.com',
  timeLimitMs: 1_000,
  certificate: () => Promise.resolve(undefined),
  clients: () => Promise.reject(new Error('not used')),
  subscriptions: () => Promise.reject(new Error('not used')),
  graph: () => Promise.reject(new Error('not used')),
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

  it('does not wait for a credential that takes minutes to be found missing', async () => {
    vi.useFakeTimers();
    const described = describeCloud(azureWith(() => new Promise(() => undefined)));
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await described).problem).toMatch(
      /^No credential was found within 5 seconds: sign in .*"az login", then reload this page\.$/,
    );
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

const hanging = () => {
  let asked = 0;
  let answer: ((token: AccessToken) => void) | undefined;
  const credential = keptCredential({
    getToken: () => {
      asked += 1;
      return new Promise((resolve) => (answer = resolve));
    },
  });
  return { credential, asked: () => asked, answer: (token: AccessToken) => answer?.(token) };
};

describe('a credential that does not answer', () => {
  it('keeps nobody waiting longer than 20 seconds, and is asked anew after a minute', async () => {
    vi.useFakeTimers();
    const { credential, asked } = hanging();
    const first = expect(credential.getToken('a')).rejects.toThrow(CredentialFailure);
    await vi.advanceTimersByTimeAsync(20_000);
    await first;
    const second = expect(credential.getToken('a')).rejects.toThrow(
      'No credential was found within 20 seconds.',
    );
    expect(asked()).toBe(1);
    await vi.advanceTimersByTimeAsync(45_000);
    await second;
    const third = expect(credential.getToken('a')).rejects.toThrow();
    expect(asked()).toBe(2);
    await vi.advanceTimersByTimeAsync(20_000);
    await third;
  });

  it('serves those who ask later when it answers late', async () => {
    vi.useFakeTimers();
    const { credential, asked, answer } = hanging();
    const early = expect(credential.getToken('a')).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(20_000);
    await early;
    answer({ token: 'late', expiresOnTimestamp: Date.now() + 3_600_000 });
    expect(await credential.getToken('a')).toMatchObject({ token: 'late' });
    expect(asked()).toBe(1);
  });
});
