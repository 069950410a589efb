import { execFile } from 'node:child_process';

/** What a program left behind. */
export interface Outcome {
  code: number;
  /** What it wrote to both outputs. */
  said: string;
  stdout: string;
}

interface Options {
  env?: Readonly<Record<string, string>>;
  input?: string;
  withinMs?: number;
}

/** Runs a program of this computer to its end, whatever that is. */
export function tried(program: string, args: readonly string[], options: Options = {}): Promise<Outcome> {
  const { env = {}, input, withinMs = 60_000 } = options;
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { env: { ...process.env, ...env }, timeout: withinMs, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
        const why = error?.killed === true ? `\n(ended after ${withinMs / 1000} s)` : '';
        resolve({ code, stdout, said: `${stdout}${stderr}${why}` });
      },
    );
    child.stdin?.end(input ?? '');
  });
}

/** What a program writes to its standard output; throws with all that it wrote when it fails. */
export async function outputOf(
  program: string,
  args: readonly string[],
  options: Options = {},
): Promise<string> {
  const { code, stdout, said } = await tried(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${said.trim()}`);
  return stdout.trim();
}

export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
