import { instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { REQUESTS_AT_ONCE } from '../compose/request-notifications.ts';
import { listRoleHolders } from '../contacts/contact-repository.ts';
import { type Digest, markSent } from '../digest.ts';
import { type DigestDue, notificationRequested } from '../internal-events.ts';
import { digestWrite, findDigest } from './digest-repository.ts';

const LISTED_TICKETS = 20;

type Open = Digest & { readonly [Name in 'openedAt' | 'refs']: NonNullable<Digest[Name]> };

/** The key names the user and this digest: a repeated request creates nothing new. */
const request = (digest: Open, userId: string, data: Record<string, unknown>): EventDraft =>
  notificationRequested.draft({
    key: `${digest.kind}:${digest.id}:${digest.openedAt}:${userId}`,
    template: digest.kind,
    channel: 'auto',
    recipient: { userId },
    data,
  });

const overdueData = ({ id, refs }: Open) => ({
  deskId: id,
  count: refs.size,
  tickets: [...refs].toSorted().slice(0, LISTED_TICKETS),
});

/** Requests for all managers but the last hundred, which go out in the commit that marks the digest as sent. */
const requestsForManagers = async (rt: Runtime, digest: Open): Promise<EventDraft[]> => {
  const data = overdueData(digest);
  let after: string | undefined;
  for (;;) {
    const page = await listRoleHolders(rt, { role: 'manager', limit: REQUESTS_AT_ONCE, after });
    const events = page.userIds.map((userId) => request(digest, userId, data));
    if (page.next === undefined) return events;
    await commit(rt, { writes: [], events });
    after = page.next;
  }
};

const requestsOf = async (rt: Runtime, digest: Open): Promise<EventDraft[]> => {
  if (digest.kind === 'tickets-overdue') return requestsForManagers(rt, digest);
  const { userId, refs } = digest;
  return userId === undefined ? [] : [request(digest, userId, { count: refs.size })];
};

const isOpen = (digest: Digest | undefined, openedAt: string): digest is Open =>
  digest?.openedAt === openedAt && digest.refs !== undefined;

/** Sends, once, what was collected since that moment; nothing when it was sent or read already. */
export const sendDigest = (rt: Runtime, which: DigestDue): Promise<void> =>
  untilCommitted(rt, async () => {
    const digest = await findDigest(rt, which);
    if (!isOpen(digest, which.openedAt)) return;
    const events = await requestsOf(rt, digest);
    const after = markSent(digest, instant(rt.clock.nowMs()));
    await commit(rt, { writes: [digestWrite(rt, digest, after)], events });
  });
