/** What a shortcut leads to. */
export type ShortcutAction =
  { kind: 'search' } | { kind: 'shortcuts' } | { kind: 'page'; to: (typeof pageShortcuts)[number]['to'] };

/** Where `G` and one more key lead. */
export const pageShortcuts = [
  { key: 'h', to: '/', label: 'Container services' },
  { key: 'c', to: '/', label: 'Container services' },
  { key: 'n', to: '/create', label: 'Create a container service' },
  { key: 'r', to: '/resource-groups', label: 'Resource groups' },
  { key: 'a', to: '/resources', label: 'All resources' },
  { key: 's', to: '/settings', label: 'Settings' },
] as const;

/** So long the second key of a sequence may take, in milliseconds. */
const sequenceMs = 1_500;

/** What of a key press decides whether it is a shortcut. */
export type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'timeStamp'
>;

/**
 * Recognises the portal's shortcuts in what is pressed, one key after the other: `G` and then a key, `?`, and the search
 * by Ctrl or Command and K. Where `singleKeys` is off, only the last of these.
 */
export function createShortcutReader(): (
  pressed: PressedKey,
  options: { singleKeys: boolean },
) => ShortcutAction | undefined {
  let beganAt: number | undefined;
  return (pressed, { singleKeys }) => {
    // What is held down to write the second key is no key of its own.
    if (['Shift', 'AltGraph'].includes(pressed.key)) return undefined;
    const isSecond = beganAt !== undefined && pressed.timeStamp - beganAt <= sequenceMs;
    beganAt = undefined;
    if (pressed.altKey || pressed.repeat) return undefined;
    const key = letterOf(pressed);
    if (pressed.ctrlKey || pressed.metaKey) return key === 'k' ? { kind: 'search' } : undefined;
    if (!singleKeys) return undefined;
    if (isSecond) {
      if (key === '/') return { kind: 'search' };
      const page = pageShortcuts.find((each) => each.key === key);
      if (page) return { kind: 'page', to: page.to };
    }
    if (key === 'g') beganAt = pressed.timeStamp;
    return key === '?' ? { kind: 'shortcuts' } : undefined;
  };
}

/** The Latin letter on a key, also where the keyboard is set to write in another script. */
function letterOf({ key, code }: PressedKey): string {
  const written = key.toLowerCase();
  if (/^[a-z/?]$/.test(written)) return written;
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? written;
}
