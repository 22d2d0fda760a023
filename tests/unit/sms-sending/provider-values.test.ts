import fc from 'fast-check';
import {
  amountOf,
  boundedOutcome,
  boundedReport,
  partsOf,
  reportedAt,
} from '../../../lib/sms/providers/provider-values.ts';
import { isSenderFor } from '../../../lib/sms/rules/senders.ts';

describe('R-SMS-03 numbers of a provider', () => {
  test.each(['99999999999999', -5, Number.NaN, Number.POSITIVE_INFINITY, '1e9', '', '0', null, {}, [1]])(
    'the impossible time %p is taken as not said',
    (value) => {
      expect(reportedAt(value)).toEqual({});
    },
  );

  test('a possible time is read, as number or text', () => {
    expect(reportedAt('1790000000')).toEqual({ at: '2026-09-21T14:13:20.000Z' });
    expect(reportedAt(1790000000)).toEqual({ at: '2026-09-21T14:13:20.000Z' });
  });

  test('nothing that can be written makes any of them throw, and what is kept is within bounds', () => {
    const anything = fc.oneof(fc.anything(), fc.string(), fc.double(), fc.bigInt().map(String));
    fc.assert(
      fc.property(anything, fc.string({ maxLength: 400 }), (value, text) => {
        const at = reportedAt(value).at ?? '2026-01-01T00:00:00.000Z';
        expect(at < '2287').toBe(true);
        expect(partsOf(value).parts ?? 1).toBeLessThan(256);
        expect((amountOf(value) ?? '').length).toBeLessThan(30);
        const report = boundedReport({ ref: text, state: 'pending', code: text, errorCode: text });
        expect(Math.max(report?.code.length ?? 0, report?.errorCode?.length ?? 0)).toBeLessThan(65);
        expect(report === undefined).toBe(text.length === 0 || text.length > 200);
      }),
    );
  });

  test('an answer whose ids cannot be kept is lost: nobody knows what was taken', () => {
    expect(boundedOutcome({ kind: 'accepted', refs: ['x'.repeat(300)] })).toMatchObject({ kind: 'lost' });
    expect(boundedOutcome({ kind: 'accepted', refs: ['', 'a'] })).toMatchObject({ refs: ['a'] });
  });
});

describe('R-SMS-04 sender names by provider', () => {
  test.each([
    ['twilio', 'H&M', true],
    ['twilio', 'A+B', true],
    ['twilio', 'My_Shop-1 a', true],
    ['twilio', 'a.b', false],
    ['twilio', '12 34', false],
    ['twilio', 'TwelveLetter', false],
    ['twilio', '+15550001111', true],
    ['smsc', 'a.b-c_d', true],
    ['smsc', 'H&M', false],
    ['smsc', 'A B', false],
    ['smsru', 'A B', true],
    ['smsru', 'A+B', false],
    ['smsru', ' AB', false],
    ['twilio', 'ШОП', false],
  ])('%s and %s: %p', (kind, sender, taken) => {
    expect(isSenderFor(kind, sender)).toBe(taken);
  });
});
