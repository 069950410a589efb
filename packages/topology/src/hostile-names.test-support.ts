import * as fc from 'fast-check';

/** Names that no exported file may stumble over. */
export const hostileNames: readonly string[] = [
  '<script>alert(1)</script>',
  `"double" and 'single'`,
  ']]>',
  'one\ntwo\r\nthree\tfour',
  '\u202egnp.exe\u202c',
  '\u0000\u0001\u0008\u001b\u007f\u0085\ufffe\ud800',
  '👩‍🚀👍🏽🇨🇭',
  'x'.repeat(1_000),
  '%%{init: {"theme":"dark"}}%%',
  '`md` **bold** _slanted_',
  '1. list',
  '- dash',
  'end',
  'style:"a;b"',
  'classDef:#x;',
  '<img src=x onerror=alert(1)>',
  '#quot; &amp; &#60;',
  '---',
  '"] --> n3["',
  '',
];

/** Those names, and texts of any code units at all. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
    .map((units) => String.fromCharCode(...units)),
);
