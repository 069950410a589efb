import { useEffect, useEffectEvent } from 'react';
import { type ShortcutAction, createShortcutReader } from './shortcut-keys.ts';
import { shortcutPreference } from './shortcut-preference.ts';

/** Where keys mean what they write, or choose by first letter. */
const typingPlaces =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"], [role="listbox"], [role="tree"]';

/** Listens to the portal's shortcuts on every page; not where somebody types, and not behind an open dialog. */
export function useShortcuts(onShortcut: (action: ShortcutAction) => void): void {
  const tell = useEffectEvent(onShortcut);
  useEffect(() => {
    const read = createShortcutReader();
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const isTyping = event.target instanceof Element && event.target.closest(typingPlaces) !== null;
      const singleKeys = shortcutPreference.current() === 'on' && !isTyping;
      const action = read(event, { singleKeys });
      if (!action || document.querySelector('[aria-modal="true"]')) return;
      event.preventDefault();
      tell(action);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
