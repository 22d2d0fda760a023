import * as z from 'zod';
import type { Caller } from '../../platform/caller.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Page } from '../../platform/http/pagination.ts';
import { type PartitionList, pageAnswer, startAfter } from '../../platform/http/stored-list.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Item } from '../../platform/storage/items.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { findUser } from '../core/user-repository.ts';
import { type Session, sessionIdSchema } from '../model.ts';
import { endSession } from './end-session.ts';
import { isOver } from './session-refresh.ts';
import { findSession, listSessions, sessionListKey } from './session-repository.ts';

export const sessionView = lazily(() =>
  z
    .object({
      sessionId: sessionIdSchema,
      current: z.boolean().meta({ description: 'Whether this request belongs to it.' }),
      userAgent: z.string().nullable().meta({ description: 'Of the sign-in, as the device named itself.' }),
      address: z.string().nullable().meta({ description: 'IP address of the sign-in.' }),
      createdAt: z.iso.datetime(),
      lastUsedAt: z.iso.datetime().meta({ description: 'Of its last refresh, so to some ten minutes.' }),
      expiresAt: z.iso.datetime().meta({ description: 'Unless it is used before.' }),
    })
    .meta({ id: 'Session' }),
);
type SessionView = z.infer<ReturnType<typeof sessionView>>;

const toView = ({ sessionId: currentId }: Caller, session: Session): SessionView => ({
  sessionId: session.id,
  current: session.id === currentId,
  userAgent: session.device?.userAgent ?? null,
  address: session.device?.address ?? null,
  createdAt: session.createdAt,
  lastUsedAt: session.rotatedAt,
  expiresAt: session.expiresAt,
});

interface OpenPage {
  readonly items: Session[];
  readonly next?: Item;
  readonly omitted?: number;
}

/** Those of one page of the list that can still be refreshed. */
const openSessions = async (
  rt: Runtime,
  userId: string,
  range: { readonly limit: number; readonly after?: Item | undefined },
): Promise<OpenPage> => {
  const [user, page] = await Promise.all([findUser(rt, userId), listSessions(rt, userId, range)]);
  const now = instant(rt.clock.nowMs());
  return { ...page, items: page.items.filter((session) => user && !isOver(session, user, now)) };
};

const ownList = ({ id }: Caller): PartitionList => ({ name: `sessions/${id}`, pk: sessionListKey(id) });

/** The caller's own sessions that go on, the newest first; a page may hold fewer than asked for. Throws `invalid-cursor`. */
export const listOwnSessions = async (
  rt: Runtime,
  { caller, limit, cursor }: { caller: Caller; limit: number; cursor?: string | undefined },
): Promise<Page<SessionView>> => {
  const list = ownList(caller);
  const page = await openSessions(rt, caller.id, { limit, after: startAfter(list, cursor) });
  return pageAnswer(list, page, (session) => toView(caller, session));
};

/** Ends one of the caller's own sessions; one that is over stays so. Throws `session-not-found` (404). */
export const endOwnSession = async (
  rt: Runtime,
  { caller, sessionId }: { caller: Caller; sessionId: string },
): Promise<void> => {
  const session = await findSession(rt, sessionId);
  if (session?.userId !== caller.id)
    throw new AppError('missing', 'session-not-found', 'You have no such session.');
  await endSession(rt, session, 'ended-by-user');
};

const AT_ONCE = 20;

/** Ends all of the caller's own sessions but the one of this request. */
export const endOtherSessions = async (rt: Runtime, caller: Caller): Promise<void> => {
  let after: Item | undefined;
  do {
    const page: OpenPage = await openSessions(rt, caller.id, { limit: AT_ONCE, after });
    const others = page.items.filter(({ id }) => id !== caller.sessionId);
    await Promise.all(others.map((each) => endSession(rt, each, 'ended-by-user')));
    after = page.next;
  } while (after !== undefined);
};
