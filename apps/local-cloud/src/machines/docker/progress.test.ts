import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { followProgress } from './progress.ts';

/** Follows these pieces of a stream; resolves to what was said and how it ended. */
async function follow(...pieces: (string | Buffer | Error)[]): Promise<{ said: string[]; failure?: string }> {
  const said: string[] = [];
  const stream = new Readable({
    read() {
      const piece = pieces.shift();
      if (piece instanceof Error) this.destroy(piece);
      else this.push(piece ?? null);
    },
  });
  try {
    await followProgress(stream, (line) => said.push(line));
    return { said };
  } catch (error) {
    return { said, failure: (error as Error).message };
  }
}

test('every line is said, however the pieces of the stream are cut', async () => {
  const text = Buffer.from(
    '{"status":"Fetching “é”","id":"abc"}\r\n\n{"stream":"Step 1/2\\n"}\n{"stream":"done"}',
  );
  expect(await follow(...Array.from(text, (byte) => Buffer.from([byte])))).toEqual({
    said: ['abc: Fetching “é”', 'Step 1/2', 'done'],
  });
});

test('a failure comes with the last lines before it', async () => {
  expect(await follow('{"stream":"Step 1/2"}\n{"error":"no space left"}\n')).toEqual({
    said: ['Step 1/2'],
    failure: 'no space left\nStep 1/2',
  });
});

test('a stream that breaks off is a failure', async () => {
  expect(await follow('{"stream":"Step 1/2"}\n{"str', new Error('aborted'))).toEqual({
    said: ['Step 1/2'],
    failure: 'aborted\nStep 1/2',
  });
});

test.each(['<h1>Bad gateway</h1>', '[]', '{"stream":5}', '{"stream":"half of'])(
  'a line that is no event is words and nothing worse: %s',
  async (line) => {
    expect(await follow(`${line}\n`, '{"status":"on"}\n')).toEqual({ said: [line, 'on'] });
  },
);
