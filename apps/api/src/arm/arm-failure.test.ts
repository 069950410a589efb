import { describe, expect, it } from 'vitest';
import { ArmFailure, explainArmFailure } from './arm-failure.ts';

describe('what ARM refuses with', () => {
  it.each([
    ['The resource group is locked.', 'The resource group is locked.'],
    ['', 'Azure Resource Manager answered: ScopeLocked.'],
    ['Locked.', 'Azure Resource Manager answered: Locked (ScopeLocked).'],
    [
      'https://elsewhere.example/x',
      'Azure Resource Manager answered: https://elsewhere.example/x (ScopeLocked).',
    ],
    [' ', 'Azure Resource Manager answered: ScopeLocked.'],
  ])('is told in its words where they are a sentence: %j', (message, told) => {
    const explained = explainArmFailure(new ArmFailure(409, { code: 'ScopeLocked', message }));
    expect(explained).toMatchObject({ code: 'ArmError', status: 409, message: told });
  });

  it.each([
    [409, 'ScopeLocked', /Remove the lock/],
    [403, 'AuthorizationFailed', /rights/],
    [500, 'InternalServerError', /nothing to correct/],
    [409, 'Conflict', /correct it/],
  ])('comes with what helps: %i %s', (status, code, remedy) => {
    const explained = explainArmFailure(new ArmFailure(status, { code, message: 'It does not work.' }));
    expect(explained).toMatchObject({ remedy: expect.stringMatching(remedy) });
  });
});
