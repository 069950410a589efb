import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type ListView, listSearchSchema, readListSearch, writeListSearch } from './list-search.ts';

/** Changes how a list is looked at. A step that Back takes back again, unless it replaces the one before. */
export type ChangeView = (change: Partial<ListView>, options?: { replace?: boolean }) => void;

/** How the address of this page says that its list is looked at, and how to change it. */
export function useListView(): { view: ListView; change: ChangeView } {
  const raw = useSearch({ strict: false });
  const view = useMemo(() => readListSearch(listSearchSchema.parse(raw)), [raw]);
  const navigate = useNavigate();
  const change: ChangeView = useCallback(
    (part, { replace = false } = {}) =>
      void navigate({
        to: '.',
        search: (before) => ({ ...before, ...writeListSearch(part) }),
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  return { view, change };
}
