import * as z from 'zod';
import { AppError } from '../errors.ts';
import { lazily } from '../storage/stored-schema.ts';

export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 100;
const MAX_CURSOR_CHARS = 1024;

/** Query parameters of a list whose pages may be longer than others' (at most 999). */
export const pageQueryUpTo = (most: number) =>
  z.strictObject({
    limit: z
      .string()
      .regex(/^[1-9]\d{0,2}$/, `must be a whole number from 1 to ${most}`)
      .transform(Number)
      .pipe(z.int().min(1).max(most))
      .default(DEFAULT_LIMIT)
      // Text on the wire, a number to whoever reads the description.
      .meta({
        type: 'integer',
        minimum: 1,
        maximum: most,
        description: `How many items a page holds at most; ${DEFAULT_LIMIT} when not said.`,
      }),
    cursor: z
      .string()
      .min(1)
      .max(MAX_CURSOR_CHARS)
      .optional()
      .meta({ description: '`nextCursor` of the previous page.' }),
  });

/** Query parameters of every list; extend them with the list's own filters. */
export const pageQuery = lazily(() => pageQueryUpTo(MAX_LIMIT));

export const omittedField = () =>
  z.int().min(1).optional().meta({
    description:
      'How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised.',
  });

/** What every list answers. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    omitted: omittedField(),
  });

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
  readonly omitted?: number;
}

/** What a page says of things it could not show; nothing where there are none. */
export const omittedOf = ({ omitted }: { readonly omitted?: number | undefined }): { omitted?: number } =>
  omitted === undefined ? {} : { omitted };

/** Where a list goes on: key attributes of the last item given. */
export type CursorKey = Readonly<Record<string, string | number>>;

const cursorSchema = lazily(() =>
  z.strictObject({
    list: z.string(),
    key: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
);

export const encodeCursor = (list: string, key: CursorKey): string =>
  Buffer.from(JSON.stringify({ list, key })).toString('base64url');

const readCursor = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/**
 * The key in a cursor of this list (its name includes the caller's scope). A cursor is not a secret and not signed:
 * whoever uses the key binds it to the partition of the scope again. Throws `invalid-cursor`.
 */
export const decodeCursor = (list: string, cursor: string): CursorKey => {
  const parsed = cursorSchema().safeParse(readCursor(cursor));
  // Encoding it again must give the same text: base64url has more than one spelling, and readers skip bad characters.
  if (parsed.success && parsed.data.list === list && encodeCursor(list, parsed.data.key) === cursor) {
    return parsed.data.key;
  }
  throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
};
