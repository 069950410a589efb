import type { ConnectFacts } from './connect-facts.ts';
import { isOnThisComputer } from './entrances.ts';
import { type Shell, quotedPath } from './shells.ts';

/**
 * The ssh command for an entrance, as one line of a shell.
 *
 * An address of this computer serves one cluster after another, each with host keys of its own. There SSH keeps the
 * keys of this machine in a file that is named after it: a key of an earlier machine at the same address does not stop
 * it, and a changed key of the same machine still does. Within quotation marks no shell touches the `~`, which OpenSSH
 * fills in itself (ssh_config(5), UserKnownHostsFile); a list it is, so a folder with spaces must not stand there.
 *
 * @param options what follows `ssh`, for example `-N`
 * @param keyFile as `readKeyFile` accepts it
 */
export function sshCommand(
  facts: Pick<ConnectFacts, 'adminUsername' | 'masterFqdn'>,
  entrance: Pick<ConnectFacts['ssh'][number], 'at' | 'machineId'>,
  shell: Shell,
  { options = [], keyFile }: { options?: readonly string[]; keyFile: string | undefined },
): string {
  const hostKeys = isOnThisComputer(entrance, facts.masterFqdn)
    ? [
        '-o StrictHostKeyChecking=accept-new',
        `-o "UserKnownHostsFile=~/.ssh/${knownHostsName(facts.masterFqdn, entrance.machineId)}"`,
      ]
    : [];
  return [
    'ssh',
    ...options,
    `-p ${entrance.at.port}`,
    ...(keyFile === undefined ? [] : [`-i ${quotedPath(keyFile, shell)}`]),
    ...hostKeys,
    `${facts.adminUsername}@${entrance.at.host}`,
  ].join(' ');
}

/** `slipway-`, the first label of the masters' name, and the start of the machine's id. */
export function knownHostsName(masterFqdn: string, machineId: string | undefined): string {
  const label = (masterFqdn.split('.', 1)[0] ?? '').replaceAll(/[^A-Za-z0-9-]/g, '');
  return ['slipway', label, machineId?.slice(0, 8)].filter((part) => part !== undefined).join('-');
}
