import {
  type DigestItem,
  digestDelays,
  type Gathering,
  gather,
  seen,
  told,
} from '../../../lib/notifications/digest.ts';

const T0 = '2026-01-05T08:00:00.000Z';
const at = (sec: number): string => new Date(Date.parse(T0) + sec * 1000).toISOString();
const news = (ref: string, sec = 0): DigestItem => ({
  kind: 'reply-waiting',
  id: 'tkt_1',
  ref,
  at: at(sec),
  userId: 'usr_1',
});

const opened = (sec = 0): Gathering => {
  const decision = gather(undefined, news('a', sec), at(sec));
  if (decision.kind !== 'open') throw new Error(decision.kind);
  return decision.next;
};

test('R-NOT-02 the first news opens, the next joins, the same again is known', () => {
  const first = gather(undefined, news('a'), T0);
  expect(first).toMatchObject({ kind: 'open', dueAt: at(300), next: { version: 1, openedAt: T0 } });
  expect(gather(opened(), news('b', 9), at(9))).toEqual({ kind: 'add' });
  expect(gather(opened(), news('a', 9), at(9))).toEqual({ kind: 'known' });
});

test('R-NOT-02 what was told is not told again, and the next telling keeps its distance', () => {
  const after = told(opened(), at(300));
  expect(after).toMatchObject({ version: 2, toldAt: at(300), told: new Set(['a']) });
  expect(after).not.toHaveProperty('openedAt');
  expect(gather(after, news('a', 310), at(310))).toEqual({ kind: 'known' });
  expect(gather(after, news('b', 310), at(310))).toMatchObject({ kind: 'open', dueAt: at(1200) });
  expect(gather(after, news('b', 5000), at(5000))).toMatchObject({ kind: 'open', dueAt: at(5300) });
});

test('R-NOT-02 whoever was there needs no telling of what was before', () => {
  const there = seen(opened(), { kind: 'reply-waiting', id: 'tkt_1', at: at(60) });
  expect(there).toMatchObject({ version: 2, seenAt: at(60) });
  expect(there).not.toHaveProperty('openedAt');
  expect(gather(there, news('b', 59), at(61))).toEqual({ kind: 'known' });
  expect(gather(there, news('c', 60), at(61))).toEqual({ kind: 'known' });
  expect(gather(there, news('b', 61), at(61))).toMatchObject({ kind: 'open' });
  expect(seen(there, { kind: 'reply-waiting', id: 'tkt_1', at: at(60) })).toBeUndefined();
});

test('R-NOT-02 having been there before the news came does not undo it', () => {
  const there = seen(opened(60), { kind: 'reply-waiting', id: 'tkt_1', at: at(30) });
  expect(there).toMatchObject({ openedAt: at(60), refs: new Set(['a']), seenAt: at(30) });
});

test('R-NOT-02 nothing is put off longer than a message can be delayed', () => {
  for (const { waitSec, apartSec } of Object.values(digestDelays)) {
    expect(Math.max(waitSec, apartSec)).toBeLessThanOrEqual(900);
  }
});
