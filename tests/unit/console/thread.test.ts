import { threadItems } from '../../../console/src/app/thread/items.ts';
import { firstUnread, isRead, lastOf } from '../../../console/src/app/thread/read-marks.ts';
import { rangeText } from '../../../console/src/client/range-text.ts';
import { initialsOf } from '../../../console/src/parts/initials.ts';
import { numberText } from '../../../console/src/parts/number-text.ts';

const entry = (messageId: string, at: string, kind: 'client' | 'reply' | 'note' = 'client') => ({
  messageId,
  kind,
  at,
  text: messageId,
  attachments: [],
});
const dayOf = (at: string): string => at.slice(0, 10);

test('days, events and entries stand in the order of time, what is on its way at the end', () => {
  const pending = [
    {
      key: 'p',
      userId: 'u',
      thread: 't',
      mode: 'reply' as const,
      text: 'p',
      files: [],
      writtenAtMs: 0,
      state: 'waiting' as const,
    },
  ];
  const items = threadItems({
    entries: [entry('one', '2026-11-28T23:59:00.000Z'), entry('two', '2026-11-29T00:01:00.000Z')],
    events: [{ key: 'assigned', at: '2026-11-29T00:01:00.000Z' }],
    pending,
    dayOf,
  });
  const expected = ['day 2026-11-28', 'one', 'day 2026-11-29', 'assigned', 'two', 'p'];
  expect(items.map(({ key }) => key)).toEqual(expected);
});

const thread = [
  entry('a', '2026-11-29T10:00:00.000Z'),
  entry('b', '2026-11-29T10:01:00.000Z', 'reply'),
  entry('c', '2026-11-29T10:02:00.000Z'),
];

test('a conversation opens at the first entry of the other side after the mark', () => {
  expect(firstUnread(thread, '2026-11-29T10:00:00.000Z', 'client')).toBe('c');
  expect(firstUnread(thread, undefined, 'client')).toBe('a');
  expect(firstUnread(thread, '2026-11-29T10:02:00.000Z', 'client')).toBeUndefined();
});

test('an entry is read once the mark has reached it', () => {
  const [, reply] = thread;
  expect(isRead(reply!, '2026-11-29T10:00:59.999Z')).toBe(false);
  expect(isRead(reply!, '2026-11-29T10:01:00.000Z')).toBe(true);
  expect(isRead(reply!, undefined)).toBe(false);
  expect(lastOf(thread, 'reply')).toBe('b');
});

test.each([
  ['Marta Kowalska', 'MK'],
  ['Emma', 'EM'],
  ['Anna Maria von Stein', 'AS'],
  ['  ', '–'],
  ['🇷🇺 Иван', '🇷🇺И'],
])('%s is drawn as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test.each([
  [7, '#7'],
  [4182, '#4\u202f182'],
  [1234567, '#1\u202f234\u202f567'],
])('ticket %d is written %s', (number, text) => {
  expect(numberText(number)).toBe(text);
});

test.each([
  [20, 170, '1–3 min'],
  [60, 60, '1 min'],
  [7200, 10_000, '2–3 hr'],
])('a wait of %d to %d seconds is written %s', (from, to, text) => {
  expect(rangeText(from, to, 'en')).toBe(text);
});
