import { operations } from '../support/bad-input/operations.ts';
import { type FullList, fullLists } from '../support/lists/full-lists.ts';

/** Lists by the document alone: whatever takes a cursor. */
const published = operations
  .filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'cursor'))
  .map(({ path }) => path);

let lists: Readonly<Record<string, readonly FullList[]>>;

beforeAll(async () => {
  ({ lists } = await fullLists());
});

const MOST_PAGES = 200;

/** All pages of a list, one after the other, as a client walks them. */
const walk = async ({ reader, path }: FullList, limit: number): Promise<unknown[][]> => {
  const pages: unknown[][] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await reader.call(
      `GET ${path}${path.includes('?') ? '&' : '?'}limit=${limit}${more}`,
    );
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    pages.push(body.items);
    cursor = body.nextCursor;
  } while (cursor !== null && pages.length < MOST_PAGES);
  return pages;
};

test('every list of the API is walked here, and nothing else', () => {
  expect(Object.keys(lists).toSorted()).toEqual(published.toSorted());
});

test.each(published)('%s gives each thing once and in one order, at any page size', async (list) => {
  for (const each of lists[list] ?? []) {
    const whole = (await walk(each, 100)).flat();
    const size = whole.length;
    // Short of three things, the sizes below would be no sizes of their own.
    expect([each.path, size >= 3]).toEqual([each.path, true]);
    for (const limit of [1, 2, size - 1, size, size + 1]) {
      const pages = await walk(each, limit);
      expect({ path: each.path, limit, items: pages.flat() }).toEqual({
        path: each.path,
        limit,
        items: whole,
      });
      expect(pages.filter((page) => page.length > limit)).toEqual([]);
    }
  }
});
