import { describe, expect, it } from 'vitest';
import { MAX_USER_TAGS, checkTags } from './cluster-tags.ts';
import { specOf } from './cluster.test-support.ts';
import { clusterSpecSchema } from './spec.ts';

const messagesOf = (name: string, value = ''): string =>
  checkTags([{ name, value }])
    .map(({ message }) => message)
    .join(' ');

describe('tags', () => {
  it.each(['env', 'Cost centre', 'größe', 'x'.repeat(128), 'owner@example.org'])(
    'can be named %j',
    (name) => {
      expect(messagesOf(name, 'v'.repeat(256))).toBe('');
    },
  );

  it.each([
    ['', /enter a name/i],
    ['   ', /enter a name/i],
    [' env', /begins nor ends with a space/],
    ['x'.repeat(129), /at most 128 characters.*129/],
    ['a<b', /cannot contain/],
    ['50%', /cannot contain/],
    ['a\\b', /cannot contain/],
    ['a/b', /cannot contain/],
    ['a\nb', /cannot contain/],
    ['Slipway-Cluster', /Slipway’s own/],
    ['MicrosoftThing', /Azure’s own/],
  ])('cannot be named %j', (name, message) => {
    expect(messagesOf(name)).toMatch(message);
  });

  it('have values of 256 characters at most', () => {
    expect(messagesOf('env', 'v'.repeat(257))).toMatch(/at most 256 characters/);
  });

  it('are told apart without regard to case', () => {
    const problems = checkTags([
      { name: 'env', value: 'a' },
      { name: 'Env', value: 'b' },
    ]);
    expect(problems).toMatchObject([{ index: 1, part: 'name', message: expect.stringContaining('already') }]);
  });

  it('are so many that ARM has room for Slipway’s own', () => {
    const many = Array.from({ length: MAX_USER_TAGS + 1 }, (_, index) => ({
      name: `tag${index}`,
      value: '',
    }));
    expect(checkTags(many.slice(1))).toEqual([]);
    expect(checkTags(many)).toMatchObject([{ index: MAX_USER_TAGS }]);
    expect(clusterSpecSchema.safeParse({ ...specOf(), tags: many }).success).toBe(false);
  });

  it('are checked by the spec, with the path of their part', () => {
    const tags = [
      { name: 'env', value: 'a' },
      { name: 'a/b', value: 'b' },
    ];
    const read = clusterSpecSchema.safeParse({ ...specOf(), tags });
    expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual(['tags.1.name']);
  });
});
