import { isTypedElsewhere, parseDraft } from '../../../console/src/app/writing/draft.ts';
import {
  nextToSend,
  type Outgoing,
  replaced,
  retried,
  revived,
} from '../../../console/src/app/writing/queue.ts';

const outgoing = (key: string, fields: Partial<Outgoing> = {}): Outgoing => ({
  key,
  userId: 'usr_1',
  thread: 'tkt_1',
  mode: 'reply',
  text: key,
  files: [],
  writtenAtMs: 0,
  state: 'waiting',
  ...fields,
});

test('entries of a thread go out one after another, in the order in which they were written', () => {
  const [first, second] = [outgoing('first'), outgoing('second')];
  expect(nextToSend([first, second])).toBe(first);
  expect(nextToSend([{ ...first, state: 'sending' }, second])).toBeUndefined();
});

test('a refused entry holds back those behind it, and no other thread', () => {
  const refused = outgoing('refused', { state: 'refused' });
  const other = outgoing('other', { thread: 'tkt_2' });
  expect(nextToSend([refused, outgoing('behind'), other])).toBe(other);
});

test('after a reload what was on its way waits again, under the same key', () => {
  const [again] = revived([outgoing('on its way', { state: 'sending', written: true })]);
  expect(again).toEqual(outgoing('on its way', { written: true }));
});

test('a retry keeps the key and forgets the refusal', () => {
  const again = retried(outgoing('same', { state: 'refused', code: 'attachment-invalid', detail: 'no' }));
  expect(again).toEqual(outgoing('same'));
});

test('an entry is changed or taken out by its key alone', () => {
  const items = [outgoing('a'), outgoing('b')];
  expect(replaced(items, 'a', () => undefined)).toEqual([items[1]]);
  expect(replaced(items, 'b', (one) => ({ ...one, state: 'sending' }))[1]?.state).toBe('sending');
});

test.each([undefined, '', '{', '[]', '{"text":""}', '{"text":"a","tab":1,"atMs":1}', 'null'])(
  'what storage holds instead of a draft is none: %s',
  (json) => {
    expect(parseDraft(json)).toBeUndefined();
  },
);

test('a draft is read as it was written', () => {
  const draft = { text: 'Hello', tab: 'one', atMs: 5 };
  expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
});

test.each([
  ['this window', 'here', 1000, false],
  ['another, just now', 'there', 1000, true],
  ['another, a while ago', 'there', 20_000, false],
])('a draft typed in %s', (_name, tab, nowMs, expected) => {
  expect(isTypedElsewhere({ text: 'a', tab, atMs: 0 }, 'here', nowMs)).toBe(expected);
});

test('no draft is typed nowhere', () => {
  expect(isTypedElsewhere(undefined, 'here', 0)).toBe(false);
});
