interface EarlyAnswer {
  /** Nothing where no answer came. */
  answer: Promise<Response | undefined>;
  control: AbortController;
}

declare global {
  /** What `before-modules.js` has asked for, by address. */
  var slipwayEarlyAnswers: Record<string, EarlyAnswer> | undefined;
}

/** So long after the page began an answer that nobody has taken is too old, in milliseconds. */
const freshMs = 30_000;

/**
 * The answer to what the page asked for while this code was still on its way, for the first who wants it. Nothing when it
 * was not asked for, did not arrive, has become old, or a sign-in came between: then one asks oneself.
 */
export async function takeEarlyAnswer(address: string, signal: AbortSignal): Promise<Response | undefined> {
  const early = globalThis.slipwayEarlyAnswers?.[address];
  if (!early) return undefined;
  delete globalThis.slipwayEarlyAnswers?.[address];
  if (performance.now() > freshMs) return undefined;
  signal.addEventListener('abort', () => early.control.abort(signal.reason));
  const answer = await early.answer;
  return answer?.status === 401 ? undefined : answer;
}
