import { looksLikePrivateKey } from './ssh-public-key.ts';

/** The home folder at the start of a path, with the separator after it, as each shell writes it. */
export const HOME_MARK = /^(?:~|\$HOME|\$env:USERPROFILE|%USERPROFILE%)[/\\]+/i;

/** Longer than any system takes (Linux: PATH_MAX, 4096 bytes with the ending zero). */
const MAX_PATH_LENGTH = 4095;

export type KeyFileReading =
  { accepted: true; path: string } | { accepted: false; reason: 'empty' | 'key' | 'path'; message: string };

/**
 * Reads what somebody gives as the path of a private key's file. Quotation marks around it, as Windows copies them
 * along, are taken off. Refused, with a sentence that says why, are the key itself (reason `key`: such a text must be
 * neither kept nor shown) and paths that SSH cannot be given (reason `path`).
 */
export function readKeyFile(text: string): KeyFileReading {
  const trimmed = text.trim();
  if (looksLikePrivateKey(trimmed) || trimmed.includes('PRIVATE KEY') || /[\r\n]/.test(trimmed))
    return {
      accepted: false,
      reason: 'key',
      message:
        'This is not a path but looks like the key itself. It was taken out and not kept: give only the path of its file.',
    };
  const path = /^(["'])(.*)\1$/.exec(trimmed)?.[2]?.trim() ?? trimmed;
  if (path === '') return { accepted: false, reason: 'empty', message: 'Give the path of the file.' };
  if (/\p{Cc}/u.test(path) || path.length > MAX_PATH_LENGTH)
    return { accepted: false, reason: 'path', message: 'No file has such a path. Copy it once more.' };
  if (/\.pub$/i.test(path))
    return {
      accepted: false,
      reason: 'path',
      message: 'This is the public half. The private key is the file beside it, without .pub.',
    };
  // In the path of a key ssh fills in %d, %u and the like, and the variables of the environment.
  if (/%|\$\{/.test(path.replace(HOME_MARK, '')))
    return {
      accepted: false,
      reason: 'path',
      message:
        'SSH reads % and ${ in a path as something to fill in. Give the whole path, or rename the file.',
    };
  // With a dash in front it would be an option.
  return { accepted: true, path: path.startsWith('-') ? `./${path}` : path };
}
