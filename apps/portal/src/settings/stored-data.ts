/** A kind of what the portal keeps in this browser. */
export interface StoredKind {
  id: string;
  label: string;
  /** What is in it. */
  what: string;
  keys: readonly string[];
  /** How long its texts are together, in characters. */
  size: number;
}

const prefix = 'slipway.';

/** Each key belongs to the first kind whose beginning it has. */
const kinds = [
  {
    id: 'draft',
    begins: 'slipway.create-draft',
    label: 'Draft of the wizard',
    what: 'What you entered last, without private keys.',
  },
  {
    id: 'notifications',
    begins: 'slipway.notifications',
    label: 'Notifications',
    what: 'What the bell shows.',
  },
  {
    id: 'recent',
    begins: 'slipway.recent-choices',
    label: 'Recent searches',
    what: 'What you chose last in the search.',
  },
  {
    id: 'moments',
    begins: 'slipway.topology-moment',
    label: 'Kept moments',
    what: 'States of resources to compare with.',
  },
  {
    id: 'keys',
    begins: 'slipway.key-file.',
    label: 'Paths of key files',
    what: 'Where your private keys are on this computer. Never a key itself.',
  },
  {
    id: 'choices',
    begins: prefix,
    label: 'Other choices',
    what: 'Theme, navigation, shortcuts and the like.',
  },
] as const;

/** What the portal keeps in this browser, by kind; nothing where the browser forbids to keep anything. */
export function storedData(storage: Pick<Storage, 'length' | 'key' | 'getItem'>): StoredKind[] {
  try {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter(
      (key) => key.startsWith(prefix),
    );
    return kinds.flatMap(({ id, begins, label, what }, index) => {
      const own = keys.filter(
        (key) => key.startsWith(begins) && !kinds.slice(0, index).some((each) => key.startsWith(each.begins)),
      );
      const size = own.reduce((sum, key) => sum + (storage.getItem(key)?.length ?? 0), 0);
      return own.length === 0 ? [] : [{ id, label, what, keys: own, size }];
    });
  } catch {
    return [];
  }
}
