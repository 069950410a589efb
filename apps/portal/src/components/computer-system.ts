export const systems = ['windows', 'macos', 'linux'] as const;
export type System = (typeof systems)[number];

export const systemNames: Record<System, string> = { windows: 'Windows', macos: 'macOS', linux: 'Linux' };

/** The system that a browser says it runs on; Linux when it says none of the others. */
export function guessSystem(userAgent: string): System {
  if (/windows/i.test(userAgent)) return 'windows';
  if (/mac os|iphone|ipad/i.test(userAgent)) return 'macos';
  return 'linux';
}

/** The key that is held for a command of a program, as it is written on the keyboards of a browser's system. */
export const commandKey = (userAgent: string): string => (guessSystem(userAgent) === 'macos' ? '⌘' : 'Ctrl');
