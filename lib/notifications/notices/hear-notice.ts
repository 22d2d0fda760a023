import * as z from 'zod';
import { messageDelivered, replyPosted, ticketOverdue } from '../../desk/events.ts';
import { USER_CHANGED, userChangedEvent } from '../../identity/events.ts';
import { type DomainEvent, eventOf } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { keepContact } from '../contacts/keep-contact.ts';
import { GATHERED_DUE, gatheredDue } from '../events.ts';
import { forgetNews, gatherNews } from './gather-news.ts';
import { gatherKinds } from './gather-rules.ts';
import { tellGathered } from './tell-gathered.ts';

type Ear = (rt: Runtime, event: DomainEvent) => Promise<void>;

const ear =
  <S extends z.ZodType>(schema: S, hear: (rt: Runtime, event: z.output<S>) => Promise<void>): Ear =>
  (rt, event) =>
    hear(rt, schema.parse(event));

/** What each fact of another module means here. */
const ears: Readonly<Record<string, Ear>> = {
  [USER_CHANGED]: ear(userChangedEvent, keepContact),
  'desk.ticket.overdue': ear(eventOf(ticketOverdue), (rt, { at, data }) =>
    gatherNews(rt, { kind: 'tickets-overdue', id: data.deskId, ref: data.ticketId, at }),
  ),
  'desk.reply.posted': ear(eventOf(replyPosted), (rt, { data }) => {
    const { ticketId, messageId, clientId, at } = data;
    return gatherNews(rt, { kind: 'reply-waiting', id: ticketId, ref: messageId, at, userId: clientId });
  }),
  'desk.message.delivered': ear(eventOf(messageDelivered), (rt, { at, data }) =>
    forgetNews(rt, { kind: 'reply-waiting', id: data.ticketId, at }),
  ),
  [GATHERED_DUE]: ear(eventOf(gatheredDue.extend({ kind: z.enum(gatherKinds) })), (rt, { data }) =>
    tellGathered(rt, data),
  ),
};

/** Takes note of a fact. A kind of fact that nobody here listens to is none of our business. */
export const hearNotice = async (rt: Runtime, event: DomainEvent): Promise<void> => {
  await ears[event.type]?.(rt, event);
};
