import fc from 'fast-check';
import { type Bucket, LANES, type Lane, paceOf, permitIn, roomFor } from '../../../lib/sms/sending/pace.ts';

/** Everybody who may go goes, at every moment of the list; says when who went. */
const run = (ratePerSec: number, wants: readonly { atMs: number; lane: Lane }[]) => {
  const pace = paceOf(ratePerSec);
  let bucket: Bucket = { dueMs: 0, leases: {} };
  const went: { atMs: number; lane: Lane }[] = [];
  for (const { atMs, lane } of wants) {
    const permit = permitIn(bucket, { lane, pace, concurrency: 1000, nowMs: atMs });
    if (permit.kind === 'wait') continue;
    bucket = { ...bucket, dueMs: (permit.kind === 'idle' ? atMs : bucket.dueMs) + pace.stepMs };
    went.push({ atMs, lane });
  }
  return went;
};

const wants = fc
  .array(fc.record({ atMs: fc.integer({ min: 1, max: 5000 }), lane: fc.constantFrom(...LANES) }), {
    minLength: 1,
    maxLength: 400,
  })
  .map((list) => list.toSorted((a, b) => a.atMs - b.atMs));

test('R-SMS-04 no second holds more messages than the provider takes, whoever wants what when', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), wants, (ratePerSec, list) => {
      const went = run(ratePerSec, list);
      for (const { atMs } of went) {
        const inSecond = went.filter((each) => each.atMs >= atMs && each.atMs < atMs + 1000);
        expect(inSecond.length).toBeLessThanOrEqual(ratePerSec);
      }
    }),
  );
});

test('R-SMS-09 however much waits, a code goes at once while a fifth of the rate is not used up by codes', () => {
  for (const ratePerSec of [5, 10, 20, 50, 100]) {
    const flood = Array.from({ length: 20_000 }, (_, ms) => ({ atMs: ms / 4, lane: 'bulk' as const }));
    const codes = Array.from({ length: 8 }, (_, n) => ({ atMs: 500 + n * 550, lane: 'otp' as const }));
    const went = run(
      ratePerSec,
      [...flood, ...codes].toSorted((a, b) => a.atMs - b.atMs),
    );
    expect(went.filter(({ lane }) => lane === 'otp')).toHaveLength(codes.length);
    // The rate binds, and what codes do not take goes to the rest.
    expect(went.length).toBeGreaterThanOrEqual(Math.floor(ratePerSec * 0.8 * 5));
  }
});

test('R-SMS-09 below five a second a code waits one step at most, and goes before the rest', () => {
  const pace = paceOf(2);
  const permit = permitIn(
    { dueMs: 10_500, leases: {} },
    { lane: 'otp', pace, concurrency: 1, nowMs: 10_000 },
  );
  expect(permit).toEqual({ kind: 'wait', ms: 500 });
});

test.each([
  ['otp', 4, 4],
  ['transactional', 4, 3],
  ['bulk', 4, 3],
  ['bulk', 1, 1],
] as const)('R-SMS-09 %s may use so many of %i connections: %i', (lane, concurrency, room) => {
  expect(roomFor(lane, concurrency)).toBe(room);
});

test('R-SMS-04 a lease that has run out makes room', () => {
  const requested = { lane: 'otp' as const, pace: paceOf(10), concurrency: 2, nowMs: 5000 };
  const open = { dueMs: 0, leases: { a: 9000, b: 9000 } };
  expect(permitIn(open, requested)).toMatchObject({ kind: 'wait' });
  expect(permitIn({ dueMs: 0, leases: { a: 4000, b: 9000 } }, requested)).toEqual({
    kind: 'idle',
    expired: ['a'],
  });
});
