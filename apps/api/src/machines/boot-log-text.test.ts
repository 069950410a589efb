import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { bootLogText } from './boot-log-text.ts';

const read = (text: string, isTail = false) => bootLogText(Buffer.from(text), isTail);

it.each([
  ['plain lines stay as they are', 'a\n\tb\n\nüñ 🚢\n', 'a\n\tb\n\nüñ 🚢\n'],
  ['line ends become line feeds', 'a\r\nb\r\r\nc', 'a\nb\nc'],
  [
    'colours go',
    '[\u001B[0;32m  OK  \u001B[0m] Started \u001B[0;1;39mssh.service\u001B[0m',
    '[  OK  ] Started ssh.service',
  ],
  ['cursor movements go', '\u001B[2J\u001B[1;1HGRUB\u001B[?25l\u001B[6n', 'GRUB'],
  ['single-character forms go', '\u009B31mred\u009B0m', 'red'],
  ['titles and links go', '\u001B]0;root@m: ~\u0007a\u001B]8;;https://x\u001B\\b', 'ab'],
  ['switches of character sets go', '\u001B(Ba\u001B=\u001B>b\u001Bc', 'ab'],
  ['a sequence that is cut off is harmless', 'a\u001B[31', 'a31'],
  ['a string without an end takes its line and no more', 'a\u001B]0;title\nb', 'a\nb'],
  ['of a line that is written over the last writing stays', ' 10%\r 50%\r100%\r\ndone', '100%\ndone'],
  ['control characters go', 'a\u0000b\u0007c\u0008d\u007Fe\u0085f\u000Cg', 'abcdefg'],
  ['text is not turned around', 'a\u202Egpj.exe\u2066b\u200F', 'agpj.exeb'],
  ['markup is text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['nothing is nothing', '', ''],
])('%s', (_what, text, plain) => {
  expect(read(text)).toBe(plain);
});

it('bytes that are no UTF-8 are marked, and do not hide the others', () => {
  expect(bootLogText(Buffer.from([0x61, 0xff, 0x62]), false)).toBe('a\uFFFDb');
});

it('a tail begins with a whole line; one of a single line is shown as far as it is there', () => {
  const bytes = Buffer.from('🚢 first\nsecond\nthird');
  expect(bootLogText(bytes.subarray(2), true)).toBe('second\nthird');
  expect(bootLogText(Buffer.from('only'), true)).toBe('only');
});

it('whatever a console holds, nothing is left that a terminal or a page would obey', () => {
  const pieces = fc.oneof(
    fc.constantFrom('\u001B[', '\u001B]', '\u009B', '\u0007', '\r', '\n', '31m', '\u001B\\', '\u202E'),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), fc.boolean(), (parts, isTail) => {
      const text = read(parts.join(''), isTail);
      expect(text).not.toMatch(/[\p{Cc}--[\t\n]]|\p{Bidi_Control}/v);
      expect(text.isWellFormed()).toBe(true);
      expect(read(text)).toBe(text);
    }),
  );
});
