import { ApiError } from '../api-error.ts';

/** Why nothing newer is known of a deployment at the moment. */
export interface Trouble {
  /** Equal for the same trouble again, whatever ARM adds to its words (times, tracking ids). */
  kind: string;
  /** For the reader: what is wrong and what happens next. */
  message: string;
  /** What was thrown: the answer to those who can be told nothing else. */
  thrown: unknown;
}

/** A read that failed; `nextTryMs` is when the next one is due. */
export function troubleOf(thrown: unknown, nextTryMs: number): Trouble {
  if (!(thrown instanceof ApiError))
    return { kind: 'Internal', message: 'The progress cannot be read at the moment.', thrown };
  const next = `The next try is in ${Math.max(1, Math.ceil(nextTryMs / 1000))} s.`;
  const { code, status, arm } = thrown;
  return { kind: [code, status, arm?.code ?? ''].join(' '), message: `${wordsOf(thrown)} ${next}`, thrown };
}

function wordsOf({ status, arm, message }: ApiError): string {
  if (status === 429) return 'Azure Resource Manager asks for fewer requests.';
  if (!arm) return asSentence(message);
  const said = arm.message.trim().replace(/[.:]$/, '');
  return `Azure Resource Manager answered: ${said === '' ? arm.code : `${said} (${arm.code})`}.`;
}

/** A read that has not come to its end for so long. */
export function slowTrouble(slowAfterMs: number): Trouble {
  const message = `Azure Resource Manager has not answered for ${Math.ceil(slowAfterMs / 1000)} s. It is still being waited for.`;
  return { kind: 'slow', message, thrown: new ApiError('CloudTimeout', message) };
}

const asSentence = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
