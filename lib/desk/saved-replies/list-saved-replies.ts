import type { Caller } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { ownerOf, type ReplyPlace } from './reply-owner.ts';
import { findReplySet, listReplies } from './saved-reply-repository.ts';
import { type SavedReplyView, savedReplyIdSchema, toSavedReplyView } from './saved-reply-view.ts';

interface ReplyQuery extends ReplyPlace {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const idIn = (name: string, cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const id = savedReplyIdSchema.safeParse(decodeCursor(name, cursor).id).data;
  if (id !== undefined) return id;
  throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
};

/** The caller's own replies or those of a desk, in the order they were made. Throws what `ownerOf` throws, and `invalid-cursor`. */
export const listSavedReplies = async (
  rt: Runtime,
  caller: Caller,
  { limit, cursor, ...place }: ReplyQuery,
): Promise<Page<SavedReplyView>> => {
  const ownerId = await ownerOf(rt, caller, { place, writes: false });
  const name = `saved-replies:${ownerId}`;
  const after = idIn(name, cursor);
  const { ids } = await findReplySet(rt, ownerId);
  const rest = ids.filter((id) => after === undefined || id > after);
  const shown = rest.slice(0, limit);
  const { items, omitted } = await listReplies(rt, shown);
  const last = rest.length > limit ? shown.at(-1) : undefined;
  return {
    items: items.map(toSavedReplyView),
    nextCursor: last ? encodeCursor(name, { id: last }) : null,
    ...omittedOf({ omitted }),
  };
};
