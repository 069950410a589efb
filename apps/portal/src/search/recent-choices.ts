import { z } from 'zod';
import type { KeyStorage } from '../cluster/topology/explorer/browser-storage.ts';
import type { Choice } from './choice.ts';

export const recentChoicesKey = 'slipway.recent-choices';
const mostRecent = 8;

const storedSchema = z.object({
  id: z.string(),
  kind: z.enum(['cluster', 'group', 'resource', 'deployment']),
  label: z.string(),
  detail: z.string().optional(),
  type: z.string().optional(),
  /** Within the portal: what else may have written here leads nowhere else. */
  href: z.string().regex(/^\/(?![/\\])/),
});

/** What was chosen last in the search, the latest first; nothing where the browser forbids to keep anything. */
export function recentChoices(storage: KeyStorage): Choice[] {
  try {
    const stored = z.array(storedSchema).parse(JSON.parse(storage.getItem(recentChoicesKey) ?? '[]'));
    return stored.map(({ href, ...choice }) => ({ ...choice, target: { href } }));
  } catch {
    // Storage forbidden, or written by another version: as good as none.
    return [];
  }
}

/** Remembers a choice; commands are always at hand and are not remembered. */
export function rememberChoice(storage: KeyStorage, choice: Choice): void {
  if (choice.kind === 'command' || !('href' in choice.target)) return;
  const others = recentChoices(storage).filter(({ id }) => id !== choice.id);
  const kept = [choice, ...others]
    .slice(0, mostRecent)
    .flatMap(({ id, kind, label, detail, type, target }) =>
      'href' in target ? [{ id, kind, label, detail, type, href: target.href }] : [],
    );
  try {
    storage.setItem(recentChoicesKey, JSON.stringify(kept));
  } catch {
    // Storage full or forbidden: the choice is then not remembered.
  }
}
