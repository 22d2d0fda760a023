import { instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { REQUESTS_AT_ONCE } from '../compose/request-notifications.ts';
import { listRoleHolders } from '../contacts/contact-repository.ts';
import { type Gathering, told } from '../digest.ts';
import { type GatheredDue, notificationRequested } from '../internal-events.ts';
import { findGathering, gatheringWrite } from './gathering-repository.ts';

const LISTED_TICKETS = 20;

type Open = Gathering & { readonly [Name in 'openedAt' | 'refs']: NonNullable<Gathering[Name]> };

/** The key names the person and this gathering: asking again asks for nothing new. */
const request = (gathering: Open, userId: string, data: Record<string, unknown>): EventDraft =>
  notificationRequested.draft({
    key: `${gathering.kind}:${gathering.id}:${gathering.openedAt}:${userId}`,
    template: gathering.kind,
    channel: 'auto',
    recipient: { userId },
    data,
  });

const overdueData = ({ id, refs }: Open) => ({
  deskId: id,
  count: refs.size,
  tickets: [...refs].toSorted().slice(0, LISTED_TICKETS),
});

/** Requests for all managers but the last hundred, which go out with the mark that it was told. */
const askForManagers = async (rt: Runtime, gathering: Open): Promise<EventDraft[]> => {
  const data = overdueData(gathering);
  let after: string | undefined;
  for (;;) {
    const page = await listRoleHolders(rt, { role: 'manager', limit: REQUESTS_AT_ONCE, after });
    const events = page.userIds.map((userId) => request(gathering, userId, data));
    if (page.next === undefined) return events;
    await commit(rt, { writes: [], events });
    after = page.next;
  }
};

const requestsOf = async (rt: Runtime, gathering: Open): Promise<EventDraft[]> => {
  if (gathering.kind === 'tickets-overdue') return askForManagers(rt, gathering);
  const { userId, refs } = gathering;
  return userId === undefined ? [] : [request(gathering, userId, { count: refs.size })];
};

const isOpen = (gathering: Gathering | undefined, openedAt: string): gathering is Open =>
  gathering?.openedAt === openedAt && gathering.refs !== undefined;

/** Tells, once, of what was gathered since that moment; nothing when it was told or seen already. */
export const sendDigest = (rt: Runtime, which: GatheredDue): Promise<void> =>
  untilCommitted(rt, async () => {
    const gathering = await findGathering(rt, which);
    if (!isOpen(gathering, which.openedAt)) return;
    const events = await requestsOf(rt, gathering);
    const after = told(gathering, instant(rt.clock.nowMs()));
    await commit(rt, { writes: [gatheringWrite(rt, gathering, after)], events });
  });
