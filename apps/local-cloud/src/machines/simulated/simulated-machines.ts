import type { MachineDriver } from '../machine-driver.ts';

const console = 'This machine is simulated: nothing boots, and nothing is written to its console.\n';

/** Machines that exist in the control plane only: everything succeeds at once, how long it seems to take is the pace's. */
export const simulatedMachines: MachineDriver = {
  kind: 'simulated',
  create: () => undefined,
  start: () => undefined,
  stop: () => undefined,
  restart: () => undefined,
  delete: () => undefined,
  state: () => 'running',
  runExtension: () => undefined,
  consoleLog: () => Promise.resolve(console),
  announceDeletion: () => undefined,
  connect: () => undefined,
  endpoints: () => [],
  hasRoutingMesh: true,
  recover: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
