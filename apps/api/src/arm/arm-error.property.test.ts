import { type ArmErrorBody, armErrorSchema } from '@slipway/contract';
import { createHttpHeaders } from '@azure/core-rest-pipeline';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api-error.ts';
import { toArmError } from './arm-error.ts';
import { ArmFailure, explainArmFailure } from './arm-failure.ts';
import { retryAfterMs } from './retry-after.ts';

const depthOf = (error: ArmErrorBody): number => 1 + Math.max(0, ...(error.details ?? []).map(depthOf));
const countOf = (error: ArmErrorBody): number =>
  1 + (error.details ?? []).reduce((sum, detail) => sum + countOf(detail), 0);

describe("ARM's error object", () => {
  it('is read from whatever JSON comes, and is then what the contract says', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const error = toArmError(value);
        if (error) expect(armErrorSchema.parse(error)).toEqual(error);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps code, message, target and details as they are, and nothing else', () => {
    const text = fc.string({ minLength: 1, maxLength: 40 });
    const { error } = fc.letrec<{ error: ArmErrorBody }>((tie) => ({
      error: fc.record(
        {
          code: text,
          message: text,
          target: text,
          details: fc.array(tie('error'), { minLength: 1, maxLength: 3, depthIdentifier: 'details' }),
        },
        { requiredKeys: ['code', 'message'] },
      ) as fc.Arbitrary<ArmErrorBody>,
    }));
    fc.assert(
      fc.property(error, fc.jsonValue(), (sent, extra) => {
        fc.pre(depthOf(sent) <= 12 && countOf(sent) <= 400);
        expect(toArmError({ ...sent, innererror: extra, additionalInfo: [extra] })).toEqual(sent);
      }),
    );
  });

  it('may be nested as deep as a sender likes: it is cut off', () => {
    let nested: unknown = { code: 'Innermost', message: 'Deep.' };
    for (let level = 0; level < 100_000; level += 1)
      nested = { code: 'Outer', message: '', details: [nested] };
    const error = toArmError(nested)!;
    expect(depthOf(error)).toBe(12);
    expect(JSON.stringify(error).length).toBeLessThan(2_000);
  });

  it('may be as long as a sender likes: it is cut off', () => {
    const wide = {
      code: 'Wide',
      message: 'x'.repeat(1_000_000),
      details: Array.from({ length: 100_000 }, (_, index) => ({ code: `C${index}`, message: 'm' })),
    };
    const error = toArmError(wide)!;
    expect(error.message.length).toBeLessThan(10_000);
    expect(countOf(error)).toBe(400);
  });

  it.each([undefined, null, 1, 'text', [], {}, { code: '' }, { code: 7, message: [] }, { details: [null] }])(
    'is none for %j',
    (value) => expect(toArmError(value)).toBeUndefined(),
  );

  it('survives members without which others could not be read', () => {
    expect(
      toArmError({ code: 'Outer', message: 7, target: {}, details: [null, { message: 'Inner.' }, 'text'] }),
    ).toEqual({ code: 'Outer', message: '', details: [{ code: 'Unknown', message: 'Inner.' }] });
  });
});

describe('a refusal of ARM', () => {
  it('of any status and with any words becomes an answer with words and a status that fits', () => {
    const body = fc.record({ code: fc.string(), message: fc.string() });
    const waitMs = fc.option(fc.nat(), { nil: undefined });
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), body, waitMs, (status, said, wait) => {
        const error = explainArmFailure(new ArmFailure(status, said, wait));
        if (!(error instanceof ApiError)) throw new Error('Not explained.');
        expect(error.message.length).toBeGreaterThan(0);
        expect([400, 403, 404, 409, 412, 413, 429, 502, 503]).toContain(error.status);
        expect(error.arm).toEqual(said);
        expect(error.retryAfterMs).toBe(wait);
      }),
    );
  });
});

const ofHeader = (text: string, name = 'retry-after') =>
  retryAfterMs({ headers: createHttpHeaders({ [name]: text }) });

describe("ARM's wish to wait", () => {
  it('is a time that can be waited, or none, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (text) => {
        const waitMs = ofHeader(text.replaceAll(/[^\x20-\x7e]/g, ''));
        if (waitMs !== undefined) expect(Number.isFinite(waitMs) && waitMs >= 0).toBe(true);
      }),
    );
  });

  it('is read in seconds, as a date, and in milliseconds', () => {
    expect(ofHeader('7')).toBe(7_000);
    expect(ofHeader(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(50_000);
    expect(ofHeader('Thu, 01 Jan 1970 00:00:00 GMT')).toBe(0);
    expect(ofHeader('250', 'x-ms-retry-after-ms')).toBe(250);
    expect(ofHeader('soon')).toBeUndefined();
    expect(retryAfterMs({ headers: createHttpHeaders() })).toBeUndefined();
  });
});
