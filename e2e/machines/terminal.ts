import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

/** A Bash in which commands are typed one after another, as in a window: what one exports, the next one sees. */
export interface Terminal {
  /** Runs what was typed or pasted; resolves to what appeared. Throws when the last command fails or takes too long. */
  run: (commands: string, options?: { withinMs?: number }) => Promise<string>;
  close: () => void;
}

const nothing = (): void => undefined;

/** Opens a Bash in a folder. */
export function openTerminal(folder: string): Terminal {
  const bash = spawn('bash', ['--noprofile', '--norc'], { cwd: folder, stdio: 'pipe' });
  let shown = '';
  let heard = nothing;
  const hear = (chunk: Buffer): void => {
    shown += chunk.toString();
    heard();
  };
  bash.stdout.on('data', hear);
  bash.stderr.on('data', hear);
  let hasEnded = false;
  bash.once('close', () => {
    hasEnded = true;
    heard();
  });

  const run: Terminal['run'] = (commands, { withinMs = 60_000 } = {}) => {
    const mark = randomUUID();
    shown = '';
    // No input for the commands: it is the shell's own.
    bash.stdin.write(`{ ${commands.trim()}\n} 2>&1 </dev/null\nprintf '\\n%s %d\\n' ${mark} $?\n`);
    return new Promise((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`$ ${commands}\n${shown.trim()}\n(${why})`));
      const deadline = setTimeout(() => end(() => fail(`no end within ${withinMs / 1000} s`)), withinMs);
      const end = (tell: () => void): void => {
        clearTimeout(deadline);
        heard = nothing;
        tell();
      };
      heard = () => {
        const [, output = '', code = ''] = new RegExp(`^([^]*)\\n${mark} (\\d+)\\n`).exec(shown) ?? [];
        if (code === '0') end(() => resolve(output.trim()));
        else if (code !== '') end(() => fail(`exit code ${code}`));
        else if (hasEnded) end(() => fail('the shell has ended'));
      };
      heard();
    });
  };
  return { run, close: () => void bash.kill('SIGKILL') };
}
