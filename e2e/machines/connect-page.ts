import { expect, type Page } from '@playwright/test';
import type { ClusterPath } from '@slipway/contract';
import { pageOf } from '../fixtures/deployed-cluster.ts';

/** What the Connect page offers to copy, as it comes out of the clipboard. */
export interface CopiedCommands {
  key: string;
  tunnel: string;
  dockerHost: string;
  info: string;
  service: string;
  open: string;
  stack: string;
  /** One for each SSH entrance. */
  signIn: string[];
}

/** Opens a cluster's Connect page, says where the private key lies and copies the commands for Bash. */
export async function copyCommands(page: Page, path: ClusterPath, keyFile: string): Promise<CopiedCommands> {
  await page.goto(pageOf(path, '/connect'));
  await page.getByLabel('Path of your private key').fill(keyFile);
  await page.getByRole('tab', { name: 'Bash' }).click();
  await expect(page.getByText(`-i ${keyFile}`).first()).toBeVisible();
  const copied = async (title: string): Promise<string> => {
    await page.getByRole('button', { name: `Copy the command: ${title}` }).click();
    const text: unknown = await page.evaluate('navigator.clipboard.readText()');
    return String(text);
  };
  return {
    key: await copied('Let only you read the key'),
    tunnel: await copied('Open a tunnel to the cluster'),
    dockerHost: await copied('Point Docker at the tunnel'),
    info: await copied('Look at the cluster'),
    service: await copied('Run a first service'),
    open: await copied('Open it in a browser'),
    stack: await copied('Deploy a stack from a compose file'),
    signIn: (await copied('Sign in to a master')).split('\n'),
  };
}

/** Where a copied ssh command leads, and how. */
export interface SshWay {
  port: number;
  user: string;
  host: string;
  /** The file that the command has the host key kept in, with `~`; `undefined` where it is the usual one. */
  knownHosts: string | undefined;
}

/** Reads a copied ssh command. */
export function sshWay(command: string): SshWay {
  const [, port = '0'] = / -p (\d+) /.exec(command) ?? [];
  const [, user = '', host = ''] = / (\S+)@(\S+)$/.exec(command) ?? [];
  return { port: Number(port), user, host, knownHosts: /UserKnownHostsFile=([^"]+)"/.exec(command)?.[1] };
}

/** The address in a copied `curl …`. */
export const addressIn = (command: string): string => /(https?:\S+)/.exec(command)?.[1] ?? '';

/** The tunnel command with its beginning at another port of this computer, as the page's note says. */
export const tunnelFrom = (command: string, localPort: number): string =>
  command.replace(/(-fNL )\d+:/, `$1${localPort}:`);

/** A sign-in command made a tunnel. */
export const asTunnel = (signIn: string, localPort: number): string =>
  signIn.replace(/^ssh /, `ssh -fNL ${localPort}:localhost:2375 `);
