import { findAudiences, type TicketAudience } from '../../desk/live-reader.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { claimSignal } from '../core/signal-repository.ts';
import type { ClientFrame, ServerFrame } from '../frames.ts';
import type { Connection, Subscription } from '../model.ts';
import { fanOutTicket } from '../sending/fan-out.ts';
import { parseTopic } from '../topics/topic.ts';
import { type ActsAs, actsAs, signalFor } from './signal-frames.ts';

type Signal = Extract<ClientFrame, { type: 'typing' | 'viewing' }>;

/** Passes on that somebody types or looks at a ticket, once in three seconds and user. Nothing of it is kept, and what is too often is dropped. */
export const signal = async (rt: Runtime, connection: Connection, { type, topic }: Signal): Promise<void> => {
  const named = parseTopic(topic);
  if (named?.kind !== 'ticket') return;
  const audience: TicketAudience | undefined = (await findAudiences(rt, [named.id])).get(named.id);
  const as: ActsAs | undefined = audience && actsAs(connection, audience);
  if (!audience || !as || !(await claimSignal(rt, connection.userId))) return;
  const { clientId } = audience;
  const frameFor = (subscriber: Subscription): ServerFrame | undefined =>
    signalFor({ type, topic, userId: connection.userId, as, clientId }, subscriber);
  await fanOutTicket(rt, named.id, frameFor);
};
