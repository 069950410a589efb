import type { ArmErrorBody, DeploymentRow } from '@slipway/contract';
import { expect, test } from 'vitest';
import { failuresOf } from './failure-words.ts';

const error = (code: string, message: string): ArmErrorBody => ({
  code: 'ResourceDeploymentFailure',
  message: 'It failed.',
  details: [{ code, message }],
});
const failedRow = (name: string, cause: ArmErrorBody): DeploymentRow => ({
  id: `/${name}`,
  type: 'Microsoft.Compute/virtualMachines',
  name,
  state: 'Failed',
  error: cause,
});

test('tells the innermost cause of what failed, and what helps', () => {
  const rows = [
    failedRow('vm0', error('SkuNotAvailable', 'Not here.')),
    failedRow('vm1', error('Odd', 'Hm.')),
  ];
  expect(failuresOf({ deployment: { state: 'Failed' }, rows })).toEqual({
    failures: [
      {
        what: 'virtual machine vm0',
        code: 'SkuNotAvailable',
        message: 'Not here.',
        advice: expect.stringContaining('another size or region'),
      },
      { what: 'virtual machine vm1', code: 'Odd', message: 'Hm.', advice: undefined },
    ],
    more: 0,
  });
});

test('tells of few, and how many more there are', () => {
  const rows = Array.from({ length: 40 }, (_, at) => failedRow(`vm${at}`, error('Odd', 'Hm.')));
  const { failures, more } = failuresOf({ deployment: { state: 'Failed' }, rows });
  expect([failures.length, more]).toEqual([3, 37]);
});

test('tells of the whole where no resource failed', () => {
  const whole = error('OperationNotAllowed', 'Exceeds the approved Total Regional Cores quota.');
  expect(failuresOf({ deployment: { state: 'Failed', error: whole }, rows: [] }).failures).toMatchObject([
    { what: undefined, code: 'OperationNotAllowed', advice: expect.stringContaining('quota') },
  ]);
  expect(failuresOf({ deployment: { state: 'Canceled', error: whole }, rows: [] }).failures).toEqual([]);
});

test('advises what helps a deletion as well as a deployment', () => {
  const rows = [failedRow('ip0', error('ResourceDeletionTimeout', 'Still there.'))].map((row) => ({
    ...row,
    type: 'Microsoft.Network/publicIPAddresses',
  }));
  expect(failuresOf({ deployment: { state: 'Failed' }, rows }).failures).toMatchObject([
    { what: 'public IP address ip0', advice: 'This may be over already. Try again in a moment.' },
  ]);
});
