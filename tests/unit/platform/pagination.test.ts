import fc from 'fast-check';
import { decodeCursor, encodeCursor, pageQuery } from '../../../lib/platform/http/pagination.ts';

const codeOf = (list: string, cursor: string): unknown => {
  try {
    decodeCursor(list, cursor);
    return 'accepted';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

const key = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.string(), fc.integer()));

describe('cursor', () => {
  test('gives back the key it was made of', () => {
    fc.assert(
      fc.property(fc.string(), key, (list, k) =>
        expect(decodeCursor(list, encodeCursor(list, k))).toEqual({ ...k }),
      ),
    );
  });

  test('of another list is invalid', () => {
    const cursor = encodeCursor('tickets:usr_a', { id: 'tkt_1' });
    expect(codeOf('tickets:usr_b', cursor)).toBe('invalid-cursor');
  });

  test('made of anything else is invalid, never an error of ours', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(codeOf('tickets', text)).toBe('invalid-cursor')));
    const json = fc.json().map((text) => Buffer.from(text).toString('base64url'));
    fc.assert(fc.property(json, (text) => expect(codeOf('tickets', text)).toBe('invalid-cursor')));
  });

  test('with a character changed, added or lost is invalid or the same list’s', () => {
    const cursor = encodeCursor('tickets', { id: 'tkt_1' });
    for (const other of [
      `${cursor}=`,
      `${cursor}A`,
      `${cursor} `,
      `!${cursor}`,
      cursor.slice(1),
      cursor.slice(0, -1),
    ]) {
      expect(codeOf('tickets', other)).toBe('invalid-cursor');
    }
  });
});

describe('page query', () => {
  test('has a default limit', () => {
    expect(pageQuery().parse({})).toEqual({ limit: 20 });
  });

  test.each(['1', '20', '100'])('takes limit %s', (limit) => {
    expect(pageQuery().parse({ limit }).limit).toBe(Number(limit));
  });

  test.each(['0', '101', '-1', '1.5', '1e1', '0x10', ' 5', '', 'ten', '٣'])('refuses limit %j', (limit) => {
    expect(pageQuery().safeParse({ limit }).success).toBe(false);
  });
});
