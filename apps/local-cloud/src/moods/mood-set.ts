import { z } from 'zod';

const longestText = 1_024;
const longestDelayMs = 3_600_000;
const mostMoods = 100;
const mostCounted = 1_000_000;

const text = z.string().min(1).max(longestText);
const count = z.int().min(0).max(mostCounted);
const delayMs = z.int().min(0).max(longestDelayMs);

/** How often a mood strikes among what it matches. */
const occurrence = {
  /** So many matches pass first. */
  skip: count.optional(),
  /** So often it strikes; always when absent. */
  times: count.min(1).optional(),
  /** As `GET /slipway/moods` answers it; taken and not looked at, so that an answer can be sent back. */
  struck: z.unknown().optional(),
};

const requestMatch = {
  method: z
    .string()
    .transform((method) => method.toUpperCase())
    .pipe(z.enum(['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE']))
    .optional(),
  /** Glob over the path, without regard to case. */
  path: text.optional(),
  ...occurrence,
  /** Which part of the matches it strikes, from 0 to 1; which ones follows from `seed`. */
  share: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
};

const requestMoodSchema = z.discriminatedUnion('mood', [
  z.strictObject({
    mood: z.literal('status'),
    status: z.int().min(400).max(599),
    retryAfterSeconds: z.int().min(0).max(86_400).optional(),
    code: text.optional(),
    message: text.optional(),
    ...requestMatch,
  }),
  z.strictObject({ mood: z.literal('reset'), ...requestMatch }),
  z.strictObject({ mood: z.literal('lost-answer'), ...requestMatch }),
  z.strictObject({ mood: z.literal('slow'), delayMs, ...requestMatch }),
  z.strictObject({ mood: z.literal('expired-token'), ...requestMatch }),
]);

const workMatch = {
  /** Glob over the full resource type, without regard to case. */
  type: text.optional(),
  /** Glob over the name, children with their parents' (`machine/extension`), without regard to case. */
  name: text.optional(),
  action: z.enum(['write', 'delete', 'action']).optional(),
  ...occurrence,
};

const workMoodSchema = z.discriminatedUnion('mood', [
  z.strictObject({
    mood: z.literal('fails'),
    error: z.strictObject({ code: text, message: text }).optional(),
    ...workMatch,
  }),
  z.strictObject({ mood: z.literal('never-ends'), ...workMatch }),
  z.strictObject({ mood: z.literal('slow'), delayMs, ...workMatch }),
]);

const moodSetSchema = z.strictObject({
  requests: z.array(requestMoodSchema).max(mostMoods).default([]),
  work: z.array(workMoodSchema).max(mostMoods).default([]),
});

/** What goes wrong with requests: an answer of its own, a cut connection, an answer that is lost or late. */
export type RequestMood = z.infer<typeof requestMoodSchema>;

/** What goes wrong with the work on a resource. */
export type WorkMood = z.infer<typeof workMoodSchema>;

/** All moods, in the order in which they are asked: the first that strikes is the one. */
export type MoodSet = z.infer<typeof moodSetSchema>;

/** Reads moods; throws an Error whose message says what is wrong and where, without a full stop. */
export function readMoodSet(value: unknown): MoodSet {
  const parsed = moodSetSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = placeOf(issue?.path ?? []);
  throw new Error(`${issue?.message ?? 'Not valid'} at ${place === '' ? 'the top level' : place}`);
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, step) => {
    if (typeof step === 'number') return `${place}[${step}]`;
    return place === '' ? String(step) : `${place}.${String(step)}`;
  }, '');
}
