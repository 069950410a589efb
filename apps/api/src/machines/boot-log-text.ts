// ECMA-48, each as its escape sequence or as the single character of the C1 set that stands for it.
const controlSequence = '(?:\u001B\\[|\u009B)[0-?]*[ -/]*[@-~]';
const stringStart = '(?:\u001B[\\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])';
const stringEnd = '(?:\u0007|\u001B\\\\|\u009C)';
const controlString = `${stringStart}[^\u0007\u001B\u009C\\n]*${stringEnd}?`;
const shortSequence = '\u001B[ -/]*[0-~]';

/** Sequences of terminals: colours and cursor movements, titles and links, switches. */
const sequences = new RegExp([controlSequence, controlString, shortSequence].join('|'), 'g');

/** What a page must not get: control characters but tab and line feed, marks that turn the direction of text, byte order marks. */
const harmful = /[\p{Cc}--[\t\n]]|\p{Bidi_Control}|\uFEFF/gv;

/**
 * A console's bytes as plain lines: colours and cursor movements are left out, and of a line that was written over (by
 * a carriage return, as progress bars do) the last writing stays. `isTail`: the bytes begin in the middle of something,
 * so their first line, of which the beginning may be missing, is left out too.
 */
export function bootLogText(bytes: Uint8Array, isTail: boolean): string {
  const text = new TextDecoder('utf-8').decode(bytes).replaceAll(/\r+\n/g, '\n');
  const firstEnd = text.indexOf('\n');
  const whole = isTail && firstEnd >= 0 ? text.slice(firstEnd + 1) : text;
  return whole.replaceAll(sequences, '').split('\n').map(lastWriting).join('\n').replaceAll(harmful, '');
}

function lastWriting(line: string): string {
  return line.split('\r').findLast((writing) => writing !== '') ?? '';
}
