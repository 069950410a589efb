import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../hostile-names.test-support.ts';
import { buildTopology, compareMoments, readMoment, toJson, type Moment } from '../index.ts';
import { swarmResources } from '../swarm-resources.test-support.ts';

const resources = swarmResources({ masters: 3, agents: 2, withInstances: true });
const takenAt = '2026-05-04T12:00:00.000Z';
const documentOf = (change: Record<string, unknown> = {}): string => {
  const graph = buildTopology({ serviceName: 'demo', resources });
  const written = JSON.parse(toJson({ title: 'demo', graph, resources, takenAt })) as object;
  return JSON.stringify({ ...written, ...change });
};
const momentIn = (text: string): Moment => {
  const read = readMoment(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.moment;
};
const problemIn = (text: string): string => {
  const read = readMoment(text);
  return 'problem' in read ? read.problem : '';
};

describe('a saved topology', () => {
  test('is read again as it was, with graph and version for other programs', () => {
    const moment = momentIn(documentOf());
    expect(moment).toEqual({ title: 'demo', takenAt, serviceName: 'demo', resources });
    expect(compareMoments(moment, { ...moment, title: 'now' }).pieces).toEqual([]);
    expect(JSON.parse(documentOf())).toMatchObject({
      format: 'slipway.topology/1',
      graph: { nodes: expect.any(Array) as unknown[] },
    });
  });

  test('may bear any title', () => {
    fc.assert(
      fc.property(anyText, anyText, (title, serviceName) => {
        const graph = buildTopology({ serviceName, resources: [] });
        expect('moment' in readMoment(toJson({ title, graph, resources: [], takenAt }))).toBe(true);
      }),
    );
  });
});

describe('what is no saved topology', () => {
  test.each([
    ['no JSON', 'shape of a file'],
    ['another JSON', '{"format":"something/1"}'],
    ['a list', '[]'],
    ['nothing', ''],
    ['null', 'null'],
    ['a later version', documentOf({ format: 'slipway.topology/2' })],
    ['a moment without a time', documentOf({ takenAt: 'yesterday' })],
    ['resources that are none', documentOf({ resources: [{ id: 'x', name: 'x' }] })],
    ['too many resources', documentOf({ resources: Array.from({ length: 20_001 }, () => resources[0]) })],
    ['what is nested too deeply', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('is told so: %s', (_what, text) => {
    expect(problemIn(text)).toMatch(/^(This file|What is in this file) .+\.$/);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(problemIn(text)).not.toBe('');
      }),
    );
  });
});
