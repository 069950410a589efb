import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildTopology,
  isAnyAtWork,
  type PieceStatesInput,
  type ProgressRow,
  type TopologyResource,
  topologyStates,
} from './index.ts';
import { swarmResources } from './swarm-resources.test-support.ts';

const group = '/subscriptions/s/resourceGroups/G';
const machineId = `${group}/providers/Microsoft.Compute/virtualMachines/VM-0`;
const setId = `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/agents`;
const machine = (properties: object = {}, id = machineId): TopologyResource => ({
  id,
  name: id.split('/').at(-1)!,
  type: id.includes('ScaleSets')
    ? 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines'
    : 'Microsoft.Compute/virtualMachines',
  properties: { provisioningState: 'Succeeded', ...properties },
});
const statuses = (...codes: string[]) => ({
  instanceView: { statuses: codes.map((code) => ({ code, message: 'What ARM says.' })) },
});
const cause = (code: string) => ({ code, message: `${code} it is.` });
const stateAt = (id: string, input: PieceStatesInput) => topologyStates(input).get(id.toLowerCase());
const rowStates: ProgressRow['state'][] = [
  'Waiting',
  'Running',
  'Succeeded',
  'Failed',
  'Canceled',
  'Deleting',
  'Deleted',
];

describe('the state of a piece', () => {
  test.each([
    ['Waiting', 'planned', 'done'],
    ['Running', 'working', 'working'],
    ['Succeeded', 'done', 'done'],
    ['Failed', 'failed', 'failed'],
    ['Canceled', 'failed', 'failed'],
    ['Deleting', 'deleting', 'deleting'],
    ['Deleted', 'deleted', 'deleted'],
  ] as const)(
    'follows a row that is %s: %s where it is planned, %s where it is there',
    (state, planned, there) => {
      const rows = [{ id: machineId.toUpperCase(), state }];
      expect(stateAt(machineId, { resources: [], planned: [machine()], rows })?.phase).toBe(planned);
      expect(stateAt(machineId, { resources: [machine()], rows })?.phase).toBe(there);
    },
  );

  test('of a planned piece that the deployment has not named yet is planned', () => {
    expect(stateAt(machineId, { resources: [], planned: [machine()] })).toEqual({ phase: 'planned' });
  });

  test.each([
    ['Succeeded', 'done'],
    ['Creating', 'working'],
    ['Updating', 'working'],
    ['Deleting', 'deleting'],
    ['Failed', 'failed'],
    ['Canceled', 'failed'],
    ['Migrating', 'working'],
  ])('without a row follows what ARM says of it: %s is %s', (provisioningState, phase) => {
    expect(stateAt(machineId, { resources: [machine({ provisioningState })] })?.phase).toBe(phase);
    const rows: ProgressRow[] = [{ id: machineId, state: 'Succeeded' }];
    expect(stateAt(machineId, { resources: [machine({ provisioningState })], rows })?.phase).toBe(phase);
  });

  test('that failed says why, in ARM’s code and words', () => {
    const error = { code: 'SkuNotAvailable', message: 'There are none left.' };
    expect(
      stateAt(machineId, {
        resources: [],
        planned: [machine()],
        rows: [{ id: machineId, state: 'Failed', error }],
      }),
    ).toEqual({
      phase: 'failed',
      why: 'SkuNotAvailable: There are none left.',
    });
    const resources = [
      machine({
        provisioningState: 'Failed',
        ...statuses('ProvisioningState/failed/AllocationFailed', 'PowerState/stopped'),
      }),
    ];
    expect(stateAt(machineId, { resources })).toEqual({
      phase: 'failed',
      power: 'stopped',
      why: 'AllocationFailed: What ARM says.',
    });
    for (const state of ['Failed', 'Canceled'] as const)
      expect(stateAt(machineId, { resources: [machine()], rows: [{ id: machineId, state }] })?.why).toMatch(
        /^\w+: \S/,
      );
  });

  test('that failed says what lies at the bottom of it', () => {
    const error = {
      ...cause('DeploymentFailed'),
      details: [
        {
          ...cause('ResourceDeploymentFailure'),
          details: [cause('NoneLeft'), cause('NoneLeft'), cause('TooMany')],
        },
      ],
    };
    const rows: ProgressRow[] = [{ id: machineId, state: 'Failed', error }];
    expect(stateAt(machineId, { resources: [machine()], rows })?.why).toBe(
      'NoneLeft: NoneLeft it is. · TooMany: TooMany it is.',
    );
  });

  test.each(['running', 'stopped', 'deallocated', 'starting'])('tells that a machine is %s', (power) => {
    const resources = [machine(statuses('ProvisioningState/succeeded', `PowerState/${power}`))];
    const state = stateAt(machineId, { resources });
    expect(state).toEqual({ phase: 'done', power });
    expect(isAnyAtWork([state!])).toBe(power === 'starting');
  });

  test('shows a scaling that no deployment tells of', () => {
    const instance = (number: number) => `${setId}/virtualMachines/${number}`;
    const resources = [
      { ...machine({ provisioningState: 'Updating' }), id: setId },
      machine({}, instance(0)),
      machine({ provisioningState: 'Creating' }, instance(1)),
      machine({ provisioningState: 'Deleting' }, instance(2)),
    ];
    const states = topologyStates({
      resources,
      rows: [{ id: setId, state: 'Succeeded' }],
      head: { state: 'Succeeded' },
    });
    expect(
      [setId, instance(0), instance(1), instance(2)].map((id) => states.get(id.toLowerCase())?.phase),
    ).toEqual(['working', 'done', 'working', 'deleting']);
    expect(isAnyAtWork(states.values())).toBe(true);
  });

  test('goes with what it belongs to when that is deleted', () => {
    const instance = machine({}, `${setId}/virtualMachines/0`);
    const disk = {
      id: `${group}/providers/Microsoft.Compute/disks/d`,
      name: 'd',
      type: 'Microsoft.Compute/disks',
      managedBy: machineId,
    };
    const rows: ProgressRow[] = [
      { id: setId, state: 'Deleting' },
      { id: machineId, state: 'Deleted' },
    ];
    expect(stateAt(instance.id, { resources: [instance], rows })?.phase).toBe('deleting');
    expect(stateAt(disk.id, { resources: [disk], rows })?.phase).toBe('deleted');
    expect(stateAt(disk.id, { resources: [disk], head: { state: 'Deleting' } })?.phase).toBe('deleting');
    expect(stateAt(disk.id, { resources: [disk], head: { state: 'Running' } })?.phase).toBe('done');
    expect(stateAt(disk.id, { resources: [], gone: [disk] })?.phase).toBe('deleted');
  });

  test('is shared by the parts of a resource, but not by what is a resource of its own', () => {
    const nic = `${setId}/virtualMachines/0/networkInterfaces/nic`;
    const resources = [
      machine(
        { provisioningState: 'Creating', networkProfile: { networkInterfaces: [{ id: nic }] } },
        `${setId}/virtualMachines/0`,
      ),
      {
        id: nic,
        name: 'nic',
        type: 'nic',
        properties: { ipConfigurations: [{ id: `${nic}/ipConfigurations/a` }] },
      },
    ];
    for (const order of [resources, resources.toReversed()]) {
      const states = topologyStates({ resources: order });
      expect(states.get(`${setId}/virtualMachines/0`.toLowerCase())?.phase).toBe('working');
      expect(states.get(nic.toLowerCase())?.phase).toBe('done');
      expect(states.get(`${nic}/ipConfigurations/a`.toLowerCase())?.phase).toBe('done');
    }
  });

  test('of the container service is the deployment’s', () => {
    expect(stateAt('service', { resources: [] })).toBeUndefined();
    expect(stateAt('service', { resources: [], head: { state: 'Running' } })).toEqual({ phase: 'working' });
    const head = { state: 'Failed', error: { code: 'DeploymentFailed', message: 'One failed.' } } as const;
    expect(stateAt('service', { resources: [], head })).toEqual({
      phase: 'failed',
      why: 'DeploymentFailed: One failed.',
    });
  });
});

test('every resource of a cluster and every part of one that is drawn has a state', () => {
  const resources = swarmResources({ masters: 3, agents: 2, withInstances: true });
  const states = topologyStates({ resources, head: { state: 'Succeeded' } });
  const without = buildTopology({ serviceName: 'demo', resources })
    .nodes.map(({ id }) => id)
    .filter((id) => !states.has(id));
  expect(without).toEqual(['internet']);
});

test('whatever the rows say, each resource has one state, and the same state is the same object', () => {
  const resources = swarmResources({ masters: 1, agents: 2, withInstances: true });
  const someRows = fc.array(
    fc.record({
      id: fc.constantFrom(...resources.map(({ id }) => id)),
      state: fc.constantFrom(...rowStates),
    }),
  );
  fc.assert(
    fc.property(someRows, fc.nat(resources.length), (rows, there) => {
      const input = { resources: resources.slice(0, there), planned: resources.slice(there), rows };
      const states = topologyStates(input);
      for (const { id } of resources) expect(states.get(id.toLowerCase())).toBeDefined();
      const again = topologyStates(input);
      for (const [id, state] of states) if (state.why === undefined) expect(again.get(id)).toBe(state);
    }),
    { numRuns: 50 },
  );
});
