import { HOME_MARK } from './key-file.ts';

export const shells = ['bash', 'powershell', 'cmd'] as const;
export type Shell = (typeof shells)[number];

/** How each shell is called on screen. */
export const shellNames: Record<Shell, string> = { bash: 'Bash', powershell: 'PowerShell', cmd: 'CMD' };

/** Words that no shell reads anything into. A word that starts with a dash or an equals sign is not among them. */
const PLAIN = /^[A-Za-z0-9_./\\:][A-Za-z0-9_./\\:+@-]*$/;

/**
 * A file's path as one word of a shell's command line, whatever characters it holds. A path below the home folder
 * stays one: it is written so that the shell fills the folder in. PowerShell and CMD get Windows' separator.
 *
 * @param path as `readKeyFile` accepts it
 */
export function quotedPath(path: string, shell: Shell): string {
  const home = HOME_MARK.exec(path)?.[0];
  const rest = path.slice(home?.length ?? 0);
  const isBelowHome = home !== undefined;
  switch (shell) {
    case 'bash': {
      // Behind a home folder in Windows' form the separators are Windows' too; Bash has its own.
      const below = home?.endsWith('\\') ? rest.replaceAll('\\', '/') : rest;
      const word = PLAIN.test(below) && !below.includes('\\') ? below : `'${below.replaceAll("'", `'\\''`)}'`;
      return isBelowHome ? `~/${word}` : word;
    }
    case 'powershell': {
      const below = rest.replaceAll('/', '\\');
      // PowerShell takes typographic quotation marks for its own.
      if (isBelowHome) return `"$HOME\\${below.replaceAll(/[`$"“”„]/g, '`$&')}"`;
      return PLAIN.test(below) ? below : `'${below.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
    }
    case 'cmd': {
      // No file of Windows has a quotation mark in its name, and CMD knows no way to write one inside quotation marks.
      const below = rest.replaceAll('/', '\\').replaceAll('"', '');
      if (isBelowHome) return `"%USERPROFILE%\\${below}"`;
      return PLAIN.test(below) ? below : `"${below}"`;
    }
  }
}

/** Shells that Azure's command line is used from. */
export type CliShell = Exclude<Shell, 'cmd'>;

/** Words that neither shell reads anything into. */
const PLAIN_WORD = /^[A-Za-z0-9/-][A-Za-z0-9_./:+=-]*$/;
/** PowerShell takes these for numbers, and for options of its own, which it breaks at dots and colons. */
const POWERSHELL_OWN = /^(?:\d|-.*[^A-Za-z-])/;

/** A text as one word of a shell's command line, whatever characters it holds. */
export function quotedWord(text: string, shell: CliShell): string {
  if (PLAIN_WORD.test(text) && (shell === 'bash' || !POWERSHELL_OWN.test(text))) return text;
  return shell === 'bash' ? `'${text.replaceAll("'", `'\\''`)}'` : `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
}
