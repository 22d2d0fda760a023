import { type Notice, noticeChanges, titleWith } from '../../../console/src/app/notices/notice.ts';

const notice = (tag: string, version = '1'): Notice => ({
  tag,
  version,
  title: tag,
  body: '',
  rings: true,
  path: `/tickets/${tag}`,
});

test('what is new of a thing is fresh once, what was handled is gone', () => {
  const before = [notice('a'), notice('b'), notice('c')];
  const now = [notice('a'), notice('b', '2'), notice('d')];
  expect(noticeChanges(before, now)).toEqual({ fresh: [notice('b', '2'), notice('d')], gone: ['c'] });
});

test('nothing new is nothing to tell', () => {
  expect(noticeChanges([notice('a')], [notice('a')])).toEqual({ fresh: [], gone: [] });
});

test.each([
  ['Rotadesk', 3, '(3) Rotadesk'],
  ['(3) Rotadesk', 12, '(12) Rotadesk'],
  ['(3) Rotadesk', 0, 'Rotadesk'],
])('the title %s with %d waiting is %s', (title, count, expected) => {
  expect(titleWith(title, count)).toBe(expected);
});
