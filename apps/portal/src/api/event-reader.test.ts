import { expect, test } from 'vitest';
import { createEventReader } from './event-reader.ts';

const stream =
  'retry: 1000\n\n: a comment\n\nid: a~1\nevent: row\ndata: {"one":1}\n\nevent: alive\ndata:{"type":"alive"}\n\n';

test('events are read whole, whatever the pieces that they arrive in', () => {
  const whole = createEventReader()(stream);
  expect(whole).toEqual([
    { id: 'a~1', type: 'row', data: '{"one":1}' },
    { id: undefined, type: 'alive', data: '{"type":"alive"}' },
  ]);
  for (const size of [1, 2, 7, 50]) {
    const read = createEventReader();
    const pieces = stream.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    expect(pieces.flatMap((piece) => read(piece))).toEqual(whole);
  }
});

test('other line ends, several lines of data and a missing name are read as the standard says', () => {
  expect(createEventReader()('data: one\r\ndata: two\r\n\r\ndata\n\n')).toEqual([
    { id: undefined, type: 'message', data: 'one\ntwo' },
    { id: undefined, type: 'message', data: '' },
  ]);
});

test('an event that is not complete yet is not told', () => {
  const read = createEventReader();
  expect(read('event: row\ndata: {}\n')).toEqual([]);
  expect(read('\n')).toEqual([{ id: undefined, type: 'row', data: '{}' }]);
});
