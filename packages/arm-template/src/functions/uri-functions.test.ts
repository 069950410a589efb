import { describe, expect, it } from 'vitest';
import { refusalOf, valueOf } from './functions.test-support.ts';

describe('uri', () => {
  it.each([
    ["uri('HTTPS://User:Pw@Example.COM:443/a/../b', 'c?d=e#f')", 'https://User:Pw@example.com/c?d=e#f'],
    ["uri('http://example.com:8080', 'x y')", 'http://example.com:8080/x%20y'],
    ["uri('https://e.com/a/b?x=1', 'c')", 'https://e.com/a/c'],
    ["uri('https://e.com/a/', '../../x')", 'https://e.com/x'],
    ["uri('https://e.com/a', 'http://other.org')", 'http://other.org/'],
    ["uri('http://contoso.org/a/', '/b/')", 'http://contoso.org/b/'],
    ["uri('http://contoso.org', '')", 'http://contoso.org/'],
    ["uri('https://e.com/a', '//cdn.e.org/b')", 'https://cdn.e.org/b'],
    ["uri('https://e.com/a', '?q=1')", 'https://e.com/a?q=1'],
    ["uri('https://e.com:0443/', 'b')", 'https://e.com/b'],
    ["uri('http://e.com:443/', 'b')", 'http://e.com:443/b'],
    ["uri('https://[2001:DB8::1]:8080/a', 'b')", 'https://[2001:db8::1]:8080/b'],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  it.each([
    'https://e.com:99999/',
    'https://e.com:x/',
    'https://exa mple.com/',
    'https://:80/',
    'https://[x]/',
  ])('of %s is refused', (address) => {
    expect(refusalOf(`uri('${address}', 'b')`)).toContain(
      `expects its first argument to be a uri string. The provided value is '${address}'.`,
    );
  });
});

/** As PSRule for Azure has it; Microsoft's reference calls the port of `buildUri` "Int or Null". */
describe('parseUri', () => {
  it.each([
    [
      'https://User@E.com:8080/a/b?c=d#e',
      { scheme: 'https', host: 'e.com', port: 8080, path: '/a/b', query: '?c=d' },
    ],
    ['https://e.com:443/a', { scheme: 'https', host: 'e.com', port: null, path: '/a' }],
    ['https://e.com', { scheme: 'https', host: 'e.com', port: null }],
  ])('%s', (address, expected) => {
    expect(valueOf(`parseUri('${address}')`)).toStrictEqual(expected);
  });

  it.each(['https://e.com:8080/a/b?c=d', 'https://e.com/'])('is undone by buildUri: %s', (address) => {
    expect(valueOf(`buildUri(parseUri('${address}'))`)).toBe(address);
  });
});
