import type { TestUser } from '../staff.ts';

/** Follows a list to its end. */
export const allOf = async (
  who: TestUser,
  path: string,
  limit: number,
): Promise<{ pages: number; items: unknown[] }> => {
  const items: unknown[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const { body } = await who.call(
      `GET ${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`,
    );
    items.push(...body.items);
    cursor = body.nextCursor;
    pages += 1;
  } while (cursor);
  return { pages, items };
};
