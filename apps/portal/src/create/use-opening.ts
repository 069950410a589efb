import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { awaitNoSubmission } from './awaited-submission.ts';
import { draftVersion } from './draft.ts';
import { type StoredDraft, discardDraft, readDraft, saveDraft } from './draft-storage.ts';
import { type Prefill, readPrefill } from './prefill-link.ts';

const route = getRouteApi('/create');

/** With what the wizard opens: a draft that was kept in this browser, or the values of a link, or nothing. */
export interface Opening {
  /** Another one for each time that the wizard begins anew. */
  visit: number;
  kept: StoredDraft | undefined;
  /** The link that was followed, unless the person is still asked about it. */
  prefill: Prefill | undefined;
  /** The values of a link that would take a draft's place: the person is asked. */
  offered: Prefill | undefined;
}

/**
 * Opens the wizard. What a link brings becomes the draft, once, and leaves the address: going back and forward, or a reload,
 * finds the draft as it is by then.
 */
export function useOpening(): {
  opening: Opening;
  startOver: () => void;
  take: () => void;
  keep: () => void;
} {
  const { step, ...values } = route.useSearch();
  const navigate = route.useNavigate();
  const [opening, setOpening] = useState((): Opening => {
    const kept = readDraft(localStorage);
    const link = readPrefill(values, location.search.length);
    if (link?.isEmpty) return { visit: 0, kept, prefill: link, offered: undefined };
    if (link && !kept) return taken(link, 0);
    return { visit: 0, kept, prefill: undefined, offered: link };
  });
  const hasValues = Object.values(values).some((value) => value !== undefined);
  useEffect(() => {
    if (hasValues) void navigate({ search: { step }, replace: true });
  }, [hasValues, navigate, step]);
  return {
    opening,
    startOver: () =>
      setOpening(({ visit }) => ({
        visit: visit + 1,
        kept: undefined,
        prefill: undefined,
        offered: undefined,
      })),
    take: () => {
      discardDraft(localStorage);
      awaitNoSubmission(sessionStorage);
      setOpening((last) => (last.offered ? taken(last.offered, last.visit + 1) : last));
    },
    keep: () => setOpening((last) => ({ ...last, offered: undefined })),
  };
}

/** Makes the values of a link the draft. */
function taken(prefill: Prefill, visit: number): Opening {
  const kept: StoredDraft = {
    version: draftVersion,
    savedAt: Date.now(),
    draft: prefill.draft,
    confirmed: [],
  };
  saveDraft(localStorage, kept);
  return { visit, kept, prefill, offered: undefined };
}
