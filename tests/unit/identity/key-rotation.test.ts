import {
  decideRotation,
  isOverdue,
  KEY_DUTIES,
  type KeyTimes,
  keyStates,
  keysThat,
  PUBLISHED_AFTER_SEC,
  PUBLISHED_BEFORE_SEC,
  stateOf,
} from '../../../lib/identity/keys/key-rotation.ts';
import { plusSeconds } from '../../../lib/platform/clock.ts';

const T0 = '2026-01-01T00:00:00.000Z';
const first: KeyTimes = { createdAt: T0, signsFrom: T0 };
const T1 = '2026-02-01T03:00:00.000Z';
const second: KeyTimes = { createdAt: T1, signsFrom: plusSeconds(T1, PUBLISHED_BEFORE_SEC) };
const keys = [first, second];

test.each([
  [T0, 'current', 'next'],
  [T1, 'current', 'next'],
  [plusSeconds(second.signsFrom, -0.001), 'current', 'next'],
  [second.signsFrom, 'retired', 'current'],
  [plusSeconds(second.signsFrom, PUBLISHED_AFTER_SEC - 0.001), 'retired', 'current'],
  [plusSeconds(second.signsFrom, PUBLISHED_AFTER_SEC), 'gone', 'current'],
])('R-AUTH-02 at %s the first key is %s and the second %s', (now, ofFirst, ofSecond) => {
  expect(keys.map((key) => stateOf(keys, key, now))).toEqual([ofFirst, ofSecond]);
  expect(keysThat(keys, 'signs', now)).toHaveLength(1);
});

test('R-AUTH-02 what a key does in each state', () => {
  expect(keyStates.map((state) => [state, KEY_DUTIES[state].published, KEY_DUTIES[state].signs])).toEqual([
    ['next', true, false],
    ['current', true, true],
    ['retired', true, false],
    ['gone', false, false],
  ]);
});

test('R-AUTH-02 a key is published 15 minutes at least before it signs, and longer than a token lives after', () => {
  expect(PUBLISHED_BEFORE_SEC).toBeGreaterThanOrEqual(15 * 60);
  expect(PUBLISHED_AFTER_SEC).toBeGreaterThan(600);
});

interface Rotation {
  readonly keys: readonly KeyTimes[];
  readonly since: string;
  readonly now: string;
}

test.each<[string, Rotation, object]>([
  ['the first key signs at once', { keys: [], since: T1, now: T1 }, { kind: 'add', signsFrom: T1 }],
  [
    'a month later the next is added',
    { keys: [first], since: T1, now: T1 },
    { kind: 'add', signsFrom: second.signsFrom },
  ],
  ['a re-run adds nothing', { keys, since: T1, now: plusSeconds(T1, 86_400) }, { kind: 'unchanged' }],
  [
    'while one waits for its turn, nothing is added',
    { keys, since: plusSeconds(T1, 60), now: plusSeconds(T1, 60) },
    { kind: 'unchanged' },
  ],
])('R-AUTH-02 rotation: %s', (_, { keys: given, ...times }, expected) => {
  expect(decideRotation(given, times)).toEqual(expected);
});

const DAY_SEC = 86_400;
test.each([
  ['the first one, a month old', [first], 31, false],
  ['one that missed its successor', [first], 35, true],
  ['one whose successor came', keys, 35, false],
  ['two of which the newer missed its own', keys, 67, true],
  ['none', [], 400, false],
])('R-AUTH-02 of %s it is seen whether a rotation is missing', (_, ring, days, overdue) => {
  expect(isOverdue(ring, plusSeconds(T0, days * DAY_SEC))).toBe(overdue);
});
