import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineSsh } from './machine-ssh.ts';
import type { Swarm } from './swarm.ts';

/** What only nodes may know, by what it is. */
export type Secrets = Readonly<Record<string, string>>;

/** Reads a cluster's secrets as the administrator of its first master can. */
export async function readSecrets(swarm: Swarm, ssh: MachineSsh, master: number): Promise<Secrets> {
  const secret = (role: string): Promise<string> => ssh.run(master, `sudo cat /etc/slipway/${role}-secret`);
  return {
    "the managers' join token": await swarm.docker('swarm', 'join-token', '--quiet', 'manager'),
    "the workers' join token": await swarm.docker('swarm', 'join-token', '--quiet', 'worker'),
    "the masters' secret": await secret('master'),
    "the agents' secret": await secret('agent'),
  };
}

/** The parts of a secret's encodings that stay the same wherever it stands: as it is, and in base64 at its three offsets. */
export function tracesOf(secret: string): string[] {
  const encoded = [0, 1, 2].map((offset) => {
    const text = Buffer.from(`${' '.repeat(offset)}${secret}`).toString('base64');
    return text.slice(offset === 0 ? 0 : 4, -4);
  });
  return [secret, ...encoded];
}

/** Which of the secrets stand in a text, in words. */
export function secretsIn(secrets: Secrets, where: string, text: string): string[] {
  return Object.entries(secrets).flatMap(([what, secret]) =>
    tracesOf(secret).some((trace) => text.includes(trace)) ? [`${what} in ${where}`] : [],
  );
}

/** Which of the secrets stand in files under a folder. */
export function secretsInFiles(secrets: Secrets, folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      // One byte, one character: what is not text stays as it is.
      return secretsIn(secrets, file, readFileSync(file, 'latin1'));
    });
}
