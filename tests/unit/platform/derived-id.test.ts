import { derivedIdAt } from '../../../lib/platform/derived-id.ts';
import { idPattern } from '../../../lib/platform/ids.ts';

const AT_MS = Date.UTC(2026, 10, 29, 8);

test('an id derived at an instant is the same for the same parts, another for others, and shaped as every id', () => {
  const id = derivedIdAt('tkt', AT_MS, 'opened-by', 'msg_1');
  expect(derivedIdAt('tkt', AT_MS, 'opened-by', 'msg_1')).toBe(id);
  expect(derivedIdAt('tkt', AT_MS, 'opened-by', 'msg_2')).not.toBe(id);
  expect(derivedIdAt('tkt', AT_MS + 1, 'opened-by', 'msg_1')).not.toBe(id);
  expect(id).toMatch(idPattern('tkt'));
  expect(id.slice('tkt_'.length + 14, 'tkt_'.length + 15)).toBe('7');
});

test('ids derived at later instants sort behind those of earlier ones', () => {
  const ids = [0, 1, 2, 1000, 90_000_000].map((ms) => derivedIdAt('tkt', AT_MS + ms, `msg_${ms}`));
  expect(ids).toEqual(ids.toSorted());
});
