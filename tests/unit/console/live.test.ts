import { backoffMs } from '../../../console/src/app/live/backoff.ts';
import { parseFrame, topicChanges, Versions } from '../../../console/src/app/live/frames.ts';

const frame = (version: number, id = 'tkt_1') => ({ topic: `ticket:${id}`, kind: 'ticket', id, version });

test('a frame changes something only if its version is newer than all before it of that thing', () => {
  const versions = new Versions();
  expect([3, 2, 3, 4].map((version) => versions.isNews(frame(version)))).toEqual([true, false, false, true]);
  expect(versions.isNews(frame(1, 'tkt_2'))).toBe(true);
});

test('after a reconnect every frame is news', () => {
  const versions = new Versions();
  versions.isNews(frame(3));
  versions.clear();
  expect(versions.isNews(frame(3))).toBe(true);
});

test('what came to the screen is subscribed to, what left it is given up', () => {
  const changes = topicChanges(new Set(['me', 'ticket:a']), new Set(['me', 'ticket:b']));
  expect(changes).toEqual({ add: ['ticket:b'], drop: ['ticket:a'] });
});

test.each([undefined, 'nonsense', '{"type":"later"}', '[]', 'null', new ArrayBuffer(2)])(
  'what is no frame of ours is passed over',
  (data) => {
    expect(parseFrame(data)).toBeUndefined();
  },
);

test('a frame is read', () => {
  expect(parseFrame('{"type":"gone","topic":"me"}')).toEqual({ type: 'gone', topic: 'me' });
});

test('attempts come further apart up to a bound, never all at once, and never stop', () => {
  expect(backoffMs(1, 1)).toBe(500);
  expect(backoffMs(3, 0)).toBe(1000);
  expect(backoffMs(1000, 1)).toBe(15_000);
  expect(backoffMs(4, 0.5)).toBe(3000);
});
