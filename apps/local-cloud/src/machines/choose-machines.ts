import { NoEngine } from './docker/engine-errors.ts';
import type { MachineDriver } from './machine-driver.ts';
import { simulatedMachines } from './simulated/simulated-machines.ts';

export const machineSettings = ['simulated', 'docker', 'auto'] as const;
/** The values of `SLIPWAY_MACHINES`. */
export type MachineSetting = (typeof machineSettings)[number];

/** The chosen driver, and what is being done to make it ready. */
export interface ChosenMachines {
  readonly machines: MachineDriver;
  readonly preparation: () => string | undefined;
}

/**
 * The driver that a setting asks for; `auto` takes real machines where there is an engine for them, and says why where not.
 * Throws an Error that says what is missing when `docker` is asked for and cannot be had.
 */
export async function chooseMachines(
  setting: MachineSetting,
  folder: string,
  say: (line: string) => void,
): Promise<ChosenMachines> {
  const simulated = { machines: simulatedMachines, preparation: () => undefined };
  if (setting === 'simulated') return simulated;
  // Loaded only when it is wanted: the engine's client is large.
  const { openDockerMachines } = await import('./docker/open-docker-machines.ts');
  try {
    return await openDockerMachines(folder, process.env, say);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
    if (setting === 'docker')
      throw new Error(`SLIPWAY_MACHINES is docker, but there is no engine for it. ${error.message}`, {
        cause: error,
      });
    say(`Machines are simulated: ${error.message}`);
    return simulated;
  }
}
