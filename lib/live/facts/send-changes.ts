import type { entryAdded, limitsChanged, presenceChanged, ticketChanged } from '../../desk/events.ts';
import { listDeskIds } from '../../desk/live-reader.ts';
import type { userChanged } from '../../identity/events.ts';
import { epochMs } from '../../platform/clock.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { fanOut, fanOutTicket } from '../sending/fan-out.ts';
import { touchBoard } from './board-frames.ts';
import { changed, deskFrame, entryFor, type Thing, usersOf } from './changed-frames.ts';

const toUser = (rt: Runtime, userId: string, thing: Thing): Promise<void> =>
  fanOut(rt, `me:${userId}`, () => changed('me', thing));

const toDesks = async (
  rt: Runtime,
  deskIds: readonly (string | undefined)[],
  { thing, at }: { thing: Thing; at: string },
): Promise<void> => {
  const all = [...new Set(deskIds.filter((id) => id !== undefined))];
  await Promise.all(all.map((deskId) => fanOut(rt, `desk:${deskId}`, deskFrame(deskId, thing, epochMs(at)))));
  await Promise.all(all.map((deskId) => touchBoard(rt, deskId)));
};

/** A ticket has another version: those who follow it, whose it is and was, and its desks. */
export const sendTicketChange = async (
  rt: Runtime,
  { data, at, aggregate }: EventOf<typeof ticketChanged>,
): Promise<void> => {
  const thing: Thing = { kind: 'ticket', id: data.ticketId, version: aggregate?.version ?? 0 };
  await Promise.all([
    fanOutTicket(rt, data.ticketId, () => changed(`ticket:${data.ticketId}`, thing)),
    ...usersOf(data).map((userId) => toUser(rt, userId, thing)),
    toDesks(rt, [data.deskId, data.fromDeskId], { thing, at }),
  ]);
};

/** A thread has one more entry. Its version is the entry's time, since notes and messages do not move the ticket's own. */
export const sendEntry = async (rt: Runtime, { data }: EventOf<typeof entryAdded>): Promise<void> => {
  const { ticketId, clientId, executorId, kind, at } = data;
  const thing: Thing = { kind: 'entries', id: ticketId, version: epochMs(at) };
  const users = [...(kind === 'note' ? [] : [clientId]), ...(executorId ? [executorId] : [])];
  await Promise.all([
    fanOutTicket(rt, ticketId, entryFor(`ticket:${ticketId}`, thing, data)),
    ...users.map((userId) => toUser(rt, userId, thing)),
  ]);
};

/** An executor came, left or moved to another desk; who left a desk does not follow it any more. */
export const sendPresence = async (
  rt: Runtime,
  { data, at, aggregate }: EventOf<typeof presenceChanged>,
): Promise<void> => {
  const { executorId, deskId, fromDeskId } = data;
  const thing: Thing = { kind: 'executor', id: executorId, version: aggregate?.version ?? 0 };
  await toUser(rt, executorId, { ...thing, kind: 'presence' });
  if (fromDeskId) {
    await fanOut(rt, `desk:${fromDeskId}`, ({ userId, roles }) =>
      userId === executorId && !roles.includes('manager') ? 'gone' : undefined,
    );
  }
  await toDesks(rt, [deskId, fromDeskId], { thing, at });
};

/** Limits of some desks, or of all of them. */
export const sendLimits = async (rt: Runtime, { data, at }: EventOf<typeof limitsChanged>): Promise<void> => {
  const deskIds = data.deskIds === 'all' ? await listDeskIds(rt) : data.deskIds;
  for (const deskId of deskIds) {
    await toDesks(rt, [deskId], { thing: { kind: 'limits', id: deskId, version: data.version }, at });
  }
};

/** A user's own profile. */
export const sendUser = (rt: Runtime, { data, aggregate }: EventOf<typeof userChanged>): Promise<void> =>
  toUser(rt, data.userId, { kind: 'profile', id: data.userId, version: aggregate?.version ?? 0 });
