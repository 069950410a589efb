import {
  type DeploymentRow,
  type DeploymentSnapshot,
  type RowState,
  applyStreamEvent,
} from '@slipway/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Progress } from './progress.ts';
import { type WatchEvent, eventsBetween, eventsToJoin } from './watch-events.ts';

/** One read after the other, as ARM tells a deployment: what changed, when, and what a read sees of it. */
interface History {
  reads: readonly Progress[];
  /** Whether ARM showed a change only after later ones. */
  late: boolean;
}

const timeOf = (moment: number) => new Date(Date.UTC(2026, 0, 1) + moment * 100).toISOString();

/** Every resource waits, runs and ends, at times of its own; reads see what had happened, some of it late. */
const deploymentHistory: fc.Arbitrary<History> = fc
  .record({
    resources: fc.array(
      fc.record({
        begins: fc.nat(60),
        takes: fc.nat(40),
        ends: fc.constantFrom<RowState>('Succeeded', 'Failed', 'Canceled'),
        shownLate: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(30) }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    readsAt: fc.uniqueArray(fc.nat(140), { minLength: 1, maxLength: 12 }),
  })
  .map(({ resources, readsAt }) => ({
    late: resources.some(({ shownLate }) => shownLate > 0),
    reads: [...readsAt.toSorted((one, other) => one - other), 200].map((now): Progress => ({
      phase: 'deployment',
      head: { state: now === 200 ? 'Succeeded' : 'Running', id: '/d', correlationId: 'c' },
      ended: now === 200,
      rows: resources.map(({ begins, takes, ends, shownLate }, index): DeploymentRow => {
        const row = { id: `/R${index}`, type: 'T', name: `r${index}` };
        const shown = now - shownLate;
        const hasEnded = shown >= begins + takes;
        if (shown < begins) return { ...row, state: 'Waiting' };
        const changedAt = timeOf(hasEnded ? begins + takes : begins);
        return { ...row, state: hasEnded ? ends : 'Running', operationId: `op${index}`, changedAt };
      }),
    })),
  }));

const deletionHistory: fc.Arbitrary<History> = fc
  .record({
    goneAt: fc.array(fc.nat(100), { minLength: 1, maxLength: 30 }),
    readsAt: fc.uniqueArray(fc.nat(110), { minLength: 1, maxLength: 12 }),
  })
  .map(({ goneAt, readsAt }) => ({
    late: false,
    reads: readsAt
      .toSorted((one, other) => one - other)
      .map((now): Progress => ({
        phase: 'deletion',
        head: { state: 'Deleting', id: '/d' },
        ended: false,
        rows: goneAt.map((gone, index) => ({
          id: `/R${index}`,
          type: 'T',
          name: `r${index}`,
          state: now >= gone ? 'Deleted' : 'Deleting',
        })),
      })),
  }));

/** After how many events of each read the line is cut; from the next read on the reader is back, at another process. */
const cuts = fc.array(fc.option(fc.nat(4), { nil: undefined }), { maxLength: 14 });

interface Reader {
  known: DeploymentSnapshot | undefined;
  cursor: string | undefined;
  connected: boolean;
  /** Events that told what was known already. */
  repeated: string[];
}

function tell(reader: Reader, { event, cursor }: WatchEvent): void {
  if (event.type === 'row') {
    const known = reader.known?.rows.find(({ id }) => id === event.row.id);
    if (JSON.stringify(known) === JSON.stringify(event.row)) reader.repeated.push(event.row.id);
  }
  reader.known = applyStreamEvent(reader.known, event);
  reader.cursor = cursor ?? reader.cursor;
}

function read({ reads }: History, cutAfter: readonly (number | undefined)[]): Reader {
  const reader: Reader = { known: undefined, cursor: undefined, connected: false, repeated: [] };
  for (const [index, now] of reads.entries()) {
    const before = reads[index - 1];
    const events =
      reader.connected && before ? eventsBetween(before, now, false) : eventsToJoin(now, reader.cursor);
    const isLast = index === reads.length - 1;
    const cut = isLast ? undefined : cutAfter[index];
    for (const event of events.slice(0, cut)) tell(reader, event);
    reader.connected = cut === undefined;
  }
  return reader;
}

describe.each([
  ['deployment', deploymentHistory],
  ['deletion', deletionHistory],
] as const)('a reader of a %s whose line is cut again and again', (_kind, histories) => {
  it('knows everything in the end, and was told nothing twice', () => {
    fc.assert(
      fc.property(histories, cuts, (history, cutAfter) => {
        const reader = read(history, cutAfter);
        expect(reader.known?.rows).toEqual(history.reads.at(-1)?.rows);
        expect(reader.known?.deployment).toEqual(history.reads.at(-1)?.head);
        // What ARM shows late comes without a cursor of its own, so of that a cut can make a repetition.
        if (!history.late) expect(reader.repeated).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has a cursor that fits into a header, and no other cursor makes a reader miss anything', () => {
    fc.assert(
      fc.property(
        histories,
        fc.oneof(fc.string(), fc.constant(undefined)),
        fc.nat(20),
        (history, noise, at) => {
          const now = history.reads.at(-1)!;
          const cursor = eventsToJoin(history.reads[at % history.reads.length]!, undefined)[0]?.cursor ?? '';
          expect(cursor).toMatch(/^[\x21-\x7e]{1,1024}$/);
          const broken = noise === undefined ? cursor.slice(0, at) : `${cursor.slice(0, at)}${noise}`;
          const told = eventsToJoin(now, broken);
          if (told[0]?.event.type !== 'snapshot') expect(broken).toBe(cursor);
        },
      ),
    );
  });
});
