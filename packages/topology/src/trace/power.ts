/** The power state in which a machine neither opens nor takes connections; nothing where it runs, or its state is not known. */
export const offState = (power: string | undefined): string | undefined =>
  power === 'running' || power === 'starting' ? undefined : power;
