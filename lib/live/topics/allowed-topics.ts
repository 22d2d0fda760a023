import { findAudiences, findHomeDesk, type TicketAudience } from '../../desk/live-reader.ts';
import type { Caller } from '../../platform/caller.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Topic } from './topic.ts';

/** As whom somebody subscribes. */
export type Subscriber = Pick<Caller, 'id' | 'roles'>;

const manages = ({ roles }: Subscriber): boolean => roles.includes('manager');

/** Whether what happens to a ticket is theirs to know: its client, whoever holds it now, a manager (R-LIVE-01). */
export const mayFollowTicket = (
  { id, roles }: Subscriber,
  { clientId, executorId }: TicketAudience,
): boolean =>
  manages({ id, roles }) ||
  (roles.includes('executor') && executorId === id) ||
  (roles.includes('client') && clientId === id);

/** The desks that somebody may follow besides their tickets: a manager any, an executor their own without its board. */
const mayFollowDesk = (
  who: Subscriber,
  topic: Topic & { id: string },
  homeDeskId: string | undefined,
): boolean =>
  manages(who) || (topic.kind === 'desk' && who.roles.includes('executor') && topic.id === homeDeskId);

/** Those of some topics that are theirs. What does not exist is as what is not theirs. */
export const allowedTopics = async (
  rt: Runtime,
  who: Subscriber,
  topics: readonly Topic[],
): Promise<Topic[]> => {
  const ticketIds = topics.flatMap((topic) => (topic.kind === 'ticket' ? topic.id : []));
  const asksHome = who.roles.includes('executor') && topics.some(({ kind }) => kind === 'desk');
  const [audiences, homeDeskId] = await Promise.all([
    findAudiences(rt, ticketIds),
    asksHome ? findHomeDesk(rt, who.id) : undefined,
  ]);
  return topics.filter((topic) => {
    if (topic.kind === 'me') return true;
    if (topic.kind !== 'ticket') return mayFollowDesk(who, topic, homeDeskId);
    const audience = audiences.get(topic.id);
    return audience !== undefined && mayFollowTicket(who, audience);
  });
};
