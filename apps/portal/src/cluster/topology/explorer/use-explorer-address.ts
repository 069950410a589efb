import { useMatch, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type ExplorerAddress, readAddress, writeAddress } from './explorer-address.ts';
import { explorerSearchSchema } from './explorer-search.ts';
import type { ShortIds } from './short-ids.ts';

/** Changes a part of the address. A step that Back takes back again, unless it replaces the one before. */
export type ChangeAddress = (change: Partial<ExplorerAddress>, options?: { replace?: boolean }) => void;

/** Equal for paths that lead to the same page: the router encodes what a name consists of in one place more than in another. */
const plainPath = (path: string): string => decodeURIComponent(path).replace(/\/$/, '');

/** What the address of this page says of the explorer, and how to change it. */
export function useExplorerAddress(ids: ShortIds): { address: ExplorerAddress; change: ChangeAddress } {
  const raw = useSearch({ strict: false });
  const address = useMemo(() => readAddress(explorerSearchSchema.parse(raw), ids), [raw, ids]);
  const navigate = useNavigate();
  const router = useRouter();
  const page = useMatch({ strict: false, select: ({ pathname }) => plainPath(pathname) });
  const change: ChangeAddress = useCallback(
    (part, { replace = false } = {}) => {
      // This page is still shown while the next one's code comes. What it says late belongs into no other's address.
      if (plainPath(router.latestLocation.pathname) !== page) return;
      void navigate({
        to: '.',
        search: (before) => ({ ...before, ...writeAddress(part, ids) }),
        replace,
        resetScroll: false,
      });
    },
    [navigate, ids, router, page],
  );
  return { address, change };
}
