import type { DeploymentHead, DeploymentSnapshot, RowState } from '@slipway/contract';
import { expect, test } from 'vitest';
import {
  countSentence,
  deploymentHeadline,
  isFailedDeletion,
  progressSentence,
  rowStateWord,
  waitedFor,
} from './deployment-words.ts';

const snapshot = (state: DeploymentHead['state'], ...states: RowState[]): DeploymentSnapshot => ({
  deployment: { state },
  rows: states.map((each, index) => ({
    id: `/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm${index}`,
    type: 'Microsoft.Compute/virtualMachines',
    name: `vm${index}`,
    state: each,
  })),
});

test('says how far a deployment is, and what failed', () => {
  expect(progressSentence(snapshot('Running', 'Succeeded', 'Running', 'Waiting'))).toBe(
    'Your deployment is underway. 1 of 3 resources are done.',
  );
  expect(progressSentence(snapshot('Failed', 'Succeeded', 'Failed', 'Canceled'))).toBe(
    'Your deployment failed. 1 of 3 resources are done, 1 failed.',
  );
});

test('says how far a deletion is', () => {
  const deleting = snapshot('Deleting', 'Deleted', 'Deleting', 'Deleting');
  expect(progressSentence(deleting)).toBe(
    'Your container service is being deleted. 1 of 3 resources are deleted.',
  );
  expect(countSentence(deleting)).toBe('1 of 3 deleted');
});

test('tells a deletion that failed from a deployment that failed', () => {
  const failed = snapshot('Failed', 'Deleted', 'Failed', 'Deleting');
  expect(deploymentHeadline(failed)).toBe('Your container service could not be deleted');
  expect(countSentence(failed)).toBe('1 of 3 deleted');
  expect(isFailedDeletion(snapshot('Failed', 'Succeeded', 'Failed'))).toBe(false);
  expect(
    isFailedDeletion({
      deployment: { state: 'Failed', error: { code: 'DeploymentStackDeleteResourcesFailed', message: '' } },
      rows: [],
    }),
  ).toBe(true);
});

test('says nothing of resources while there are none', () => {
  expect(progressSentence(snapshot('Accepted'))).toBe('Your deployment is underway.');
  expect(countSentence(snapshot('Accepted'))).toBe('');
});

test('says that it is being canceled as long as it still runs', () => {
  expect(progressSentence(snapshot('Running', 'Running'), true)).toBe(
    'Canceling your deployment… 0 of 1 resources are done.',
  );
  expect(deploymentHeadline(snapshot('Canceled'), true)).toBe('Your deployment was canceled');
});

test('what never began waits only as long as the deployment runs', () => {
  expect(rowStateWord('Waiting', true)).toBe('Waiting');
  expect(rowStateWord('Waiting', false)).toBe('Not started');
  expect(rowStateWord('Failed', false)).toBe('Failed');
});

test('names what is being waited for: what runs before what has not begun, and not too much', () => {
  expect(waitedFor(snapshot('Running', 'Running', 'Waiting'))).toBe('virtual machine vm0');
  expect(waitedFor(snapshot('Running', 'Waiting', 'Waiting'))).toBe(
    'virtual machine vm0 and virtual machine vm1',
  );
  expect(waitedFor(snapshot('Running', 'Running', 'Running', 'Running', 'Running', 'Running'))).toBe(
    'virtual machine vm0, virtual machine vm1, virtual machine vm2 and 2 more',
  );
  expect(waitedFor(snapshot('Running', 'Succeeded'))).toBeUndefined();
  const { deployment, rows } = snapshot('Running', 'Running');
  const addresses = rows.map((row) => ({ ...row, type: 'Microsoft.Network/publicIPAddresses' }));
  expect(waitedFor({ deployment, rows: addresses })).toBe('public IP address vm0');
});
