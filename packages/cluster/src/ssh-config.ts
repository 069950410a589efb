import type { ConnectFacts } from './connect-facts.ts';
import { isOnThisComputer } from './entrances.ts';
import { HOME_MARK } from './key-file.ts';
import { knownHostsName } from './ssh-command.ts';

/** The name under which `ssh_config` and Docker know the cluster: the first label of the masters' name. */
export const clusterAlias = ({ masterFqdn }: Pick<ConnectFacts, 'masterFqdn'>): string =>
  (masterFqdn.split('.', 1)[0] ?? '').replaceAll(/[^A-Za-z0-9-]/g, '') || 'cluster';

/**
 * An entry of `ssh_config` for the tunnel: what else stands in the command.
 *
 * @param forward from which port of the reader's computer to which port on the master
 * @param keyFile as `readKeyFile` accepts it
 */
export function sshConfig(
  facts: Pick<ConnectFacts, 'adminUsername' | 'masterFqdn'>,
  entrance: Pick<ConnectFacts['ssh'][number], 'at' | 'machineId'>,
  { from, to, keyFile }: { from: number; to: number; keyFile: string | undefined },
): string {
  const lines = [
    `HostName ${entrance.at.host}`,
    `Port ${entrance.at.port}`,
    `User ${facts.adminUsername}`,
    ...(keyFile === undefined ? [] : [`IdentityFile ${configPath(keyFile)}`, 'IdentitiesOnly yes']),
    ...(isOnThisComputer(entrance, facts.masterFqdn)
      ? [
          'StrictHostKeyChecking accept-new',
          `UserKnownHostsFile ~/.ssh/${knownHostsName(facts.masterFqdn, entrance.machineId)}`,
        ]
      : []),
    `LocalForward ${from} localhost:${to}`,
    'ExitOnForwardFailure yes',
  ];
  return [`Host ${clusterAlias(facts)}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** A path as one word of `ssh_config`, which knows `~` and, on Windows, takes slashes. */
function configPath(path: string): string {
  const home = HOME_MARK.exec(path)?.[0];
  const isOfWindows = home === undefined ? /^[A-Za-z]:\\/.test(path) : home.endsWith('\\');
  const rest = path.slice(home?.length ?? 0);
  const below = isOfWindows ? rest.replaceAll('\\', '/') : rest;
  const whole = home === undefined ? below : `~/${below}`;
  return /^[A-Za-z0-9_./:~@+-]+$/.test(whole) ? whole : `"${whole.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
