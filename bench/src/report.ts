import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { format, resolveConfig } from 'prettier';

const git = (...args: string[]): string => {
  try {
    return execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
};

/** The machine and the versions that a result belongs to. */
function circumstances(): string[] {
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  const commit = git('rev-parse', '--short', 'HEAD') || 'unknown';
  const changed = git('status', '--porcelain') === '' ? '' : ', with changes that were not committed';
  return [
    `- Date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `- Machine: ${cpus().length} cores (${processor}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory; load average before the run ${loadBefore}`,
    `- Node.js ${process.versions.node} on ${process.platform} ${process.arch}`,
    `- Commit: ${commit}${changed}`,
  ];
}

/** What else the machine was doing, which says how far times can be trusted. */
const loadBefore = (() => {
  try {
    return readFileSync('/proc/loadavg', 'utf8').split(' ', 1)[0] ?? 'unknown';
  } catch {
    return 'unknown';
  }
})();

export const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);
export const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1);

/** The value below which the given share (0 to 1) of all values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Prints a result and writes it to `results/NAME.md`, over the one before. */
export async function report(name: string, title: string, parts: readonly string[]): Promise<void> {
  const written = [`# ${title}`, circumstances().join('\n'), ...parts].join('\n\n');
  const folder = new URL('../results/', import.meta.url);
  const file = new URL(`${name}.md`, folder);
  const text = await format(written, { ...(await resolveConfig(file)), parser: 'markdown' });
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
  console.log(text);
}
