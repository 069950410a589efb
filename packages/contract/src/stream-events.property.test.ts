import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyStreamEvent,
  type DeploymentSnapshot,
  type StreamEvent,
  rowStateSchema,
  streamEventSchema,
} from './deployments.ts';

/** `SLIPWAY_PROPERTY_RUNS=20` tries twenty times as many inputs. */
const numRuns = 300 * Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1);

/** Few ids, in both cases, so that events often speak of the same row; some mean something to JavaScript. */
const id = fc.constantFrom('/a', '/A', '/b', '/c', '__proto__', 'constructor', '');
const row = fc.record(
  {
    id,
    type: fc.constantFrom('Test.Rp/things', '__proto__'),
    name: fc.string({ maxLength: 5, unit: 'binary' }),
    state: fc.constantFrom(...rowStateSchema.options),
    changedAt: fc.constantFrom('2026-01-01T00:00:00Z', 'never'),
    durationMs: fc.double({ noNaN: true, noDefaultInfinity: true }),
  },
  { requiredKeys: ['id', 'type', 'name', 'state'], noNullPrototype: true },
);
const deployment = fc.record(
  {
    state: fc.constantFrom('Accepted', 'Running', 'Succeeded', 'Failed', 'Canceled', 'Deleting'),
    name: fc.string({ maxLength: 5 }),
    outputs: fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'a'), fc.jsonValue(), {
      noNullPrototype: true,
    }),
  },
  { requiredKeys: ['state'], noNullPrototype: true },
);
/** A snapshot has a row once, as the API promises. */
const rows = fc.uniqueArray(row, { maxLength: 4, selector: (item) => item.id.toLowerCase() });
const event: fc.Arbitrary<StreamEvent> = fc
  .oneof(
    fc.record({ type: fc.constant('snapshot'), snapshot: fc.record({ deployment, rows }) }),
    fc.record({ type: fc.constant('row'), row }),
    fc.record({ type: fc.constant('deployment'), deployment }),
    fc.record({ type: fc.constant('problem'), message: fc.string() }),
    fc.record({ type: fc.constant('alive') }),
    fc.record({ type: fc.constant('ended') }),
  )
  .map((made) => streamEventSchema.parse(made));
const events = fc.array(event, { maxLength: 30 });

const applied = (list: readonly StreamEvent[], known?: DeploymentSnapshot): DeploymentSnapshot | undefined =>
  list.reduce<DeploymentSnapshot | undefined>(applyStreamEvent, known);

const lowerIds = (known: DeploymentSnapshot | undefined): string[] =>
  (known?.rows ?? []).map((known_) => known_.id.toLowerCase());

describe('events of a deployment in any order', () => {
  it('never give a row twice, and know nothing before a snapshot came', () => {
    fc.assert(
      fc.property(events, (list) => {
        const known = applied(list);
        expect(new Set(lowerIds(known)).size).toBe(lowerIds(known).length);
        if (!list.some(({ type }) => type === 'snapshot')) expect(known).toBeUndefined();
      }),
      { numRuns },
    );
  });

  it('hold for each row and for the head what was said last', () => {
    fc.assert(
      fc.property(events, (list) => {
        const known = applied(list);
        const since = list.slice(list.findLastIndex(({ type }) => type === 'snapshot'));
        if (known === undefined) return;
        for (const one of known.rows) {
          const said = since
            .flatMap((item) =>
              item.type === 'row' ? [item.row] : item.type === 'snapshot' ? item.snapshot.rows : [],
            )
            .findLast((item) => item.id.toLowerCase() === one.id.toLowerCase());
          expect(one).toBe(said);
        }
        const head = since
          .flatMap((item) =>
            item.type === 'deployment'
              ? [item.deployment]
              : item.type === 'snapshot'
                ? [item.snapshot.deployment]
                : [],
          )
          .at(-1);
        expect(known.deployment).toBe(head);
      }),
      { numRuns },
    );
  });

  it('change nothing when they are told twice, from wherever the stream was continued', () => {
    fc.assert(
      fc.property(events, fc.nat(), (list, at) => {
        const known = applied(list);
        const again = list.slice(at % (list.length + 1));
        expect(JSON.stringify(applied(again, known))).toBe(JSON.stringify(known));
      }),
      { numRuns },
    );
  });

  it('leave what was known before as it was', () => {
    fc.assert(
      fc.property(events, event, (list, next) => {
        const known = applied(list);
        const before = JSON.stringify(known);
        applyStreamEvent(known, next);
        expect(JSON.stringify(known)).toBe(before);
      }),
      { numRuns },
    );
  });

  it('are refused by their schema when they are anything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reading = streamEventSchema.safeParse(value);
        expect(typeof reading.success).toBe('boolean');
        if (reading.success) applyStreamEvent(undefined, reading.data);
      }),
      { numRuns },
    );
  });
});
