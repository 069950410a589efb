import { z } from 'zod';
import { draftSchema, draftVersion, withoutPrivateKeys } from './draft.ts';
import { type Submission, submissionSchema } from './submission.ts';
import { formSteps } from './wizard-steps.ts';

const storageKey = 'slipway.create-draft';

const storedSchema = z.object({
  version: z.literal(draftVersion),
  /** Milliseconds since the epoch. */
  savedAt: z.number(),
  draft: draftSchema,
  confirmed: z.array(z.enum(formSteps)),
  /** What was last submitted; a retry of the same spec is the same request. */
  submission: submissionSchema.optional(),
});
export type StoredDraft = z.infer<typeof storedSchema>;

type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The draft kept in this browser; undefined when there is none, or one that this version cannot read. */
export function readDraft(storage: DraftStorage): StoredDraft | undefined {
  try {
    const parsed = storedSchema.safeParse(JSON.parse(storage.getItem(storageKey) ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Storage forbidden, or not JSON: as good as no draft.
    return undefined;
  }
}

/** Keeps a draft; never a private key. Without storage the draft lives as long as the page. */
export function saveDraft(storage: DraftStorage, stored: Omit<StoredDraft, 'version'>): void {
  const kept: StoredDraft = { ...stored, version: draftVersion, draft: withoutPrivateKeys(stored.draft) };
  try {
    storage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    // Storage full or forbidden: see above.
  }
}

/** Changes only what is known of the kept draft's submission. */
export function saveSubmission(storage: DraftStorage, submission: Submission): void {
  const stored = readDraft(storage);
  if (stored) saveDraft(storage, { ...stored, submission });
}

export function discardDraft(storage: DraftStorage): void {
  try {
    storage.removeItem(storageKey);
  } catch {
    // See above.
  }
}
