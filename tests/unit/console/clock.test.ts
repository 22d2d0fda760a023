import { narrowed } from '../../../console/src/api/server-clock.ts';
import { tooLateAtMs } from '../../../console/src/executor/reconnect.ts';
import { announcedMark, clockText, secondsLeft } from '../../../console/src/parts/durations.ts';

const BEHIND_MS = 600_000;

/** Asks at `sentMs` of a browser whose clock is ten minutes behind; the answer says whole seconds. */
const answer = (sentMs: number, tookMs: number) => ({
  serverMs: Math.floor((sentMs + BEHIND_MS + tookMs / 2) / 1000) * 1000,
  stepMs: 1000,
  sentMs,
  receivedMs: sentMs + tookMs,
});

test('each answer narrows the difference of the clocks, and the true one stays inside', () => {
  const answers = [answer(10_300, 200), answer(20_750, 40), answer(30_020, 90), answer(40_990, 30)];
  const known = answers.reduce(narrowed, undefined as ReturnType<typeof narrowed> | undefined);
  const { leastMs = 0, mostMs = 0 } = known ?? {};
  expect(leastMs).toBeLessThanOrEqual(BEHIND_MS);
  expect(mostMs).toBeGreaterThanOrEqual(BEHIND_MS);
  expect(mostMs - leastMs).toBeLessThan(300);
});

test('after a clock was set the newest answer holds', () => {
  const before = { leastMs: 0, mostMs: 500 };
  expect(narrowed(before, answer(10_000, 10))).toEqual({ leastMs: 599_990, mostMs: 601_000 });
});

test.each([
  [34_000, 0, 34],
  [33_001, 0, 34],
  [0, 1, 0],
])('of %d ms at %d ms are %d seconds left', (until, now, expected) => {
  expect(secondsLeft(until, now)).toBe(expected);
});

test.each([
  [34, '0:34'],
  [725, '12:05'],
  [3725, '1:02:05'],
])('%d seconds are written %s', (seconds, text) => {
  expect(clockText(seconds)).toBe(text);
});

test.each([
  [61, undefined],
  [60, 60],
  [31, 60],
  [30, 30],
  [9, 10],
])('at %d seconds the mark that was spoken last is %s', (seconds, mark) => {
  expect(announcedMark(seconds)).toBe(mark);
});

const presence = {
  presence: 'online' as const,
  reconnectUntil: null,
  lastBeatAt: '2026-11-29T12:00:00.000Z',
  staleAfterSec: 45,
};

test('tickets stay until the desk’s word, else at least until the last heartbeat is stale', () => {
  const until = '2026-11-29T12:05:00.000Z';
  expect(tooLateAtMs({ ...presence, presence: 'suspect', reconnectUntil: until })).toBe(Date.parse(until));
  expect(tooLateAtMs(presence)).toBe(Date.parse('2026-11-29T12:00:45.000Z'));
  expect(tooLateAtMs({ ...presence, presence: 'away' })).toBeUndefined();
});
