import type { Runtime } from '../../../lib/platform/runtime.ts';
import { recentRead } from '../../../lib/platform/storage/recent-read.ts';

let nowMs = 0;
const rt = { dynamo: {}, clock: { nowMs: () => nowMs } } as unknown as Runtime;

const counted = () => {
  let count = 0;
  return recentRead(() => Promise.resolve(++count), 5_000);
};

beforeEach(() => {
  nowMs = 1_000;
});

test('what was read counts for its time, and no longer', async () => {
  const { recent } = counted();
  expect(await recent(rt)).toBe(1);
  nowMs += 4_999;
  expect(await recent(rt)).toBe(1);
  nowMs += 1;
  expect(await recent(rt)).toBe(2);
});

test('nothing from a clock that was put back counts', async () => {
  const { recent } = counted();
  await recent(rt);
  nowMs -= 1;
  expect(await recent(rt)).toBe(2);
});

test('callers at the same time share one read', async () => {
  const { recent } = counted();
  expect(await Promise.all([recent(rt), recent(rt), recent(rt)])).toEqual([1, 1, 1]);
});

test('a read on purpose reads anew, and counts as recent', async () => {
  const { read, recent } = counted();
  await recent(rt);
  expect(await read(rt)).toBe(2);
  expect(await recent(rt)).toBe(2);
});

test('what was under way when something was written is not kept', async () => {
  const { recent, forget } = counted();
  const before = recent(rt);
  forget(rt);
  expect(await Promise.all([before, recent(rt)])).toEqual([1, 2]);
  expect(await recent(rt)).toBe(2);
});

test('a read that failed is not kept, and takes no later one with it', async () => {
  const reads = [Promise.reject(new Error('no answer')), Promise.resolve('found')];
  const { recent } = recentRead(() => reads.shift() ?? Promise.resolve('again'), 5_000);
  await expect(recent(rt)).rejects.toThrow('no answer');
  expect(await recent(rt)).toBe('found');
  expect(await recent(rt)).toBe('found');
});
