import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether HAProxy is installed. */
export function hasHaproxy(): boolean {
  return spawnSync('haproxy', ['-v']).status === 0;
}

/** Whether nftables is installed and this process may ask the kernel about rules. */
export function hasNftables(): boolean {
  return nftComplaint('table inet slipway_try {}\n') === '';
}

/** What nftables has against a ruleset; empty when it would load it. Nothing is loaded. */
export function nftComplaint(ruleset: string): string {
  const defines = ['-D', 'vnet_device=eth1', '-D', 'internet_device=eth0'];
  const { error, status, stderr } = spawnSync('nft', ['-c', ...defines, '-f', '-'], {
    encoding: 'utf8',
    input: ruleset,
  });
  if (error) return error.message;
  return status === 0 ? '' : `status ${status}: ${stderr}`;
}

/** What HAProxy has against a configuration, warnings too; empty when it would start with it. */
export function haproxyComplaint(config: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-haproxy-'));
  try {
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(file, config);
    const { error, status, stderr } = spawnSync('haproxy', ['-c', '-f', file], { encoding: 'utf8' });
    if (error) return error.message;
    return status === 0 ? stderr : `status ${status}: ${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
