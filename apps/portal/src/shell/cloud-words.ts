import type { CloudDescription } from '@slipway/contract';

/** What stands beside the cloud's name in the header, for example `Realistic pace · simulated machines`. */
export function cloudDetail({ machines, pace }: Pick<CloudDescription, 'machines' | 'pace'>): string {
  const paceWords = { realistic: 'realistic pace', fast: 'fast pace', instant: 'instant pace' };
  const machineWords = { azure: '', simulated: 'simulated machines', docker: 'Docker machines' };
  const words = [pace ? paceWords[pace] : '', machineWords[machines]].filter(Boolean).join(' · ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What stands behind the machines, in a sentence. */
export function explainMachines(machines: CloudDescription['machines']): string {
  switch (machines) {
    case 'azure':
      return 'Virtual machines in Azure. They cost money while they exist.';
    case 'simulated':
      return 'Simulated: the cloud behaves as if they ran, but nothing listens at their addresses.';
    case 'docker':
      return 'Docker containers on the computer that runs the portal. You can sign in to them.';
  }
}

/** How quickly the local cloud's work runs, in a sentence; nothing for a cloud that has no pace. */
export function explainPace(pace: CloudDescription['pace']): string | undefined {
  switch (pace) {
    case undefined:
      return undefined;
    case 'realistic':
      return 'Realistic: work takes as long as in Azure, scaled down. A cluster of three masters takes about a minute.';
    case 'fast':
      return 'Fast: a cluster takes some seconds.';
    case 'instant':
      return 'Instant: work is done as soon as it is asked for.';
  }
}
