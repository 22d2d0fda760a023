import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { getOwnReply, ownerOf, type ReplyPlace } from './reply-owner.ts';
import {
  addReply,
  dropReply,
  findReplySet,
  type SavedReply,
  savedReplies,
} from './saved-reply-repository.ts';
import { isDesk, type SavedReplyContent, type SavedReplyView, toSavedReplyView } from './saved-reply-view.ts';

/** So many has a user, and so many a desk. */
const AT_MOST = 200;

/** A desk's replies speak for everybody on it, so who changed them is in the audit log; one's own are not. */
const auditedReply = (
  rt: Runtime,
  actor: Actor,
  { action, reply }: { action: string; reply: SavedReply },
): EventDraft[] => {
  const { id, ownerId: deskId, title, text } = reply;
  if (!isDesk(deskId)) return [];
  return [audited(rt, actor, { action, subject: `saved-reply/${id}`, deskId, details: { title, text } })];
};

/** Throws `forbidden`, `desk-not-found`, `too-many-saved-replies`. */
export const createReply = (
  rt: Runtime,
  input: Actor & { place: ReplyPlace; content: SavedReplyContent; idempotency: Idempotency },
): Promise<SavedReplyView> => {
  const id = rt.ids.next('srp');
  return untilCommitted(rt, async () => {
    const ownerId = await ownerOf(rt, input.caller, { place: input.place, writes: true });
    const set = await findReplySet(rt, ownerId);
    if (set.ids.length >= AT_MOST)
      throw new AppError('unprocessable', 'too-many-saved-replies', `There are ${AT_MOST} already.`);
    const updatedAt = instant(rt.clock.nowMs());
    const reply = { id, ownerId, ...input.content, updatedAt, updatedBy: input.caller.id, version: 1 };
    const body = toSavedReplyView(reply);
    await commit(rt, {
      writes: addReply(rt, set, reply),
      events: auditedReply(rt, input, { action: 'saved-reply.created', reply }),
      answer: { idempotency: input.idempotency, stored: { status: 201, body, etag: '1' } },
    });
    return body;
  });
};

type Existing = Actor & { savedReplyId: string; ifMatch: number };

const getCurrent = async (rt: Runtime, { caller, savedReplyId, ifMatch }: Existing): Promise<SavedReply> => {
  const reply = await getOwnReply(rt, caller, savedReplyId);
  if (reply.version === ifMatch) return reply;
  throw new AppError('stale', 'stale', 'The saved reply was changed meanwhile.');
};

/** Throws `saved-reply-not-found`, `stale`. */
export const replaceReply = (
  rt: Runtime,
  input: Existing & { content: SavedReplyContent },
): Promise<SavedReplyView> =>
  untilCommitted(rt, async () => {
    const before = await getCurrent(rt, input);
    const by = { updatedAt: instant(rt.clock.nowMs()), updatedBy: input.caller.id };
    const after = { ...before, ...input.content, ...by, version: before.version + 1 };
    await commit(rt, {
      writes: [savedReplies.next(rt, before, after)],
      events: auditedReply(rt, input, { action: 'saved-reply.edited', reply: after }),
    });
    return toSavedReplyView(after);
  });

/** Throws `saved-reply-not-found`, `stale`. */
export const deleteReply = (rt: Runtime, input: Existing): Promise<void> =>
  untilCommitted(rt, async () => {
    const reply = await getCurrent(rt, input);
    const set = await findReplySet(rt, reply.ownerId);
    await commit(rt, {
      writes: dropReply(rt, set, reply),
      events: auditedReply(rt, input, { action: 'saved-reply.deleted', reply }),
    });
  });
