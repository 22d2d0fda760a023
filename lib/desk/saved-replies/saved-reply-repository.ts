import * as z from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity, type Readable } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy, storedInstant, storedTextSet } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import { removeVersion } from '../core/table.ts';

/** A text that is sent often. `ownerId`: the user whose it is, or the desk. */
const savedReplySchema = lazily(() =>
  z.object({
    id: z.string(),
    ownerId: z.string(),
    title: z.string(),
    text: z.string(),
    updatedAt: storedInstant(),
    updatedBy: z.string(),
    version: z.int(),
  }),
);
export type SavedReply = ReadBy<typeof savedReplySchema>;

export const savedReplies = defineEntity({
  table: 'desk',
  name: 'desk.saved-reply',
  key: ({ id }: Pick<SavedReply, 'id'>) => ({ pk: `SAVED-REPLY#${id}`, sk: 'SAVED-REPLY' }),
  schema: savedReplySchema,
});

/** Which replies a user or a desk has: a set, so that their number cannot drift from them. */
const savedReplySetSchema = lazily(() =>
  z.object({ ownerId: z.string(), ids: storedTextSet(), version: z.int() }),
);
export type SavedReplySet = ReadBy<typeof savedReplySetSchema>;

export const savedReplySets = defineEntity({
  table: 'desk',
  name: 'desk.saved-reply-set',
  key: ({ ownerId }: Pick<SavedReplySet, 'ownerId'>) => ({
    pk: `SAVED-REPLIES#${ownerId}`,
    sk: 'SAVED-REPLIES',
  }),
  schema: savedReplySetSchema,
});

export const findReplySet = async (rt: Runtime, ownerId: string): Promise<SavedReplySet> =>
  (await savedReplySets.find(rt, { ownerId })) ?? { ownerId, ids: [], version: 0 };

const withIds = (rt: Runtime, before: SavedReplySet, ids: readonly string[]): Write =>
  savedReplySets.next(rt, before, { ...before, ids, version: before.version + 1 });

/** A new reply, and the set with it. */
export const addReply = (rt: Runtime, set: SavedReplySet, reply: SavedReply): Write[] => [
  savedReplies.putNew(rt, reply),
  withIds(rt, set, [...set.ids, reply.id]),
];

export const dropReply = (rt: Runtime, set: SavedReplySet, reply: SavedReply): Write[] => [
  removeVersion(rt, savedReplies.key(reply), reply.version),
  withIds(
    rt,
    set,
    set.ids.filter((id) => id !== reply.id),
  ),
];

export const replyMissing = (): AppError =>
  new AppError('missing', 'saved-reply-not-found', 'there is no such saved reply');

export const getReply = (rt: Runtime, id: string): Promise<SavedReply> =>
  savedReplies.get(rt, { id }, replyMissing);

/** Some replies in the order of their ids; those that are gone meanwhile are left out. */
export const listReplies = async (rt: Runtime, ids: readonly string[]): Promise<Readable<SavedReply>> => {
  const found = await savedReplies.listByKeys(
    rt,
    ids.map((id) => ({ id })),
  );
  const byId = new Map(found.items.map((reply) => [reply.id, reply]));
  return { ...found, items: ids.flatMap((id) => byId.get(id) ?? []) };
};
