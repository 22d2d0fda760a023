import {
  collect,
  type Digest,
  type DigestItem,
  digestDelays,
  markRead,
  markSent,
} from '../../../lib/notifications/digest.ts';

const T0 = '2026-01-05T08:00:00.000Z';
const at = (sec: number): string => new Date(Date.parse(T0) + sec * 1000).toISOString();
const item = (ref: string, sec = 0): DigestItem => ({
  kind: 'reply-waiting',
  id: 'tkt_1',
  ref,
  at: at(sec),
  userId: 'usr_1',
});

const opened = (sec = 0): Digest => {
  const decision = collect(undefined, item('a', sec), at(sec));
  if (decision.kind !== 'open') throw new Error(decision.kind);
  return decision.next;
};

test('R-NOT-02 the first fact opens a digest, the next joins, the same again is known', () => {
  const first = collect(undefined, item('a'), T0);
  expect(first).toMatchObject({ kind: 'open', dueAt: at(300), next: { version: 1, openedAt: T0 } });
  expect(collect(opened(), item('b', 9), at(9))).toEqual({ kind: 'add' });
  expect(collect(opened(), item('a', 9), at(9))).toEqual({ kind: 'known' });
});

test('R-NOT-02 what was sent is not sent again, and the next digest keeps its distance', () => {
  const after = markSent(opened(), at(300));
  expect(after).toMatchObject({ version: 2, toldAt: at(300), told: new Set(['a']) });
  expect(after).not.toHaveProperty('openedAt');
  expect(collect(after, item('a', 310), at(310))).toEqual({ kind: 'known' });
  expect(collect(after, item('b', 310), at(310))).toMatchObject({ kind: 'open', dueAt: at(1200) });
  expect(collect(after, item('b', 5000), at(5000))).toMatchObject({ kind: 'open', dueAt: at(5300) });
});

test('R-NOT-02 whoever has read is not sent what came before', () => {
  const read = markRead(opened(), { kind: 'reply-waiting', id: 'tkt_1', at: at(60) });
  expect(read).toMatchObject({ version: 2, seenAt: at(60) });
  expect(read).not.toHaveProperty('openedAt');
  expect(collect(read, item('b', 59), at(61))).toEqual({ kind: 'known' });
  expect(collect(read, item('c', 60), at(61))).toEqual({ kind: 'known' });
  expect(collect(read, item('b', 61), at(61))).toMatchObject({ kind: 'open' });
  expect(markRead(read, { kind: 'reply-waiting', id: 'tkt_1', at: at(60) })).toBeUndefined();
});

test('R-NOT-02 having read before the fact came does not drop it', () => {
  const read = markRead(opened(60), { kind: 'reply-waiting', id: 'tkt_1', at: at(30) });
  expect(read).toMatchObject({ openedAt: at(60), refs: new Set(['a']), seenAt: at(30) });
});

test('R-NOT-02 nothing is put off longer than a message can be delayed', () => {
  for (const { waitSec, apartSec } of Object.values(digestDelays)) {
    expect(Math.max(waitSec, apartSec)).toBeLessThanOrEqual(900);
  }
});
