import { announceTicket, changeNameOf } from '../../../lib/desk/core/announcements.ts';
import {
  accepted,
  closed,
  handed,
  parked,
  requeued,
  returned,
  withUrgency,
} from '../../../lib/desk/core/ticket-states.ts';
import { ticketChanged } from '../../../lib/desk/events.ts';
import type { Ticket } from '../../../lib/desk/model.ts';

const AT = '2026-11-29T12:00:00.000Z';
const LATER = '2026-11-29T12:05:00.000Z';
const executor = { id: 'usr_e', epoch: 1 };

const waiting: Ticket = {
  id: 'tkt_1',
  deskId: 'main',
  clientId: 'usr_c',
  state: 'waiting',
  urgent: false,
  promoted: false,
  line: 'new',
  orderedAt: AT,
  waitingSince: AT,
  heldBy: [],
  passedOver: {},
  createdAt: AT,
  version: 1,
};
const given = handed(waiting, { executor, at: AT, acceptBy: LATER, decision: 'd1' });
const inHand = accepted(given, 'accept', AT);
const aside = parked(inHand, { at: AT, closesAt: LATER });

test.each([
  ['opened', undefined, waiting],
  ['assigned', waiting, given],
  ['assigned', given, handed(given, { executor, at: LATER, acceptBy: LATER, decision: 'd2' })],
  ['accepted', given, inHand],
  ['parked', inHand, aside],
  ['returned', aside, returned(aside, executor)],
  ['queued', inHand, requeued(inHand, { line: 'orphaned', at: LATER })],
  ['queued', waiting, requeued(waiting, { line: 'urgent', at: LATER, promoted: true })],
  ['queued', waiting, withUrgency(waiting, true, LATER)],
  ['urgency', inHand, withUrgency(inHand, true, LATER)],
  ['overdue', waiting, { ...waiting, overdueAt: LATER, version: 2 }],
  ['closed', waiting, closed(waiting, 'usr_c', LATER)],
  ['other', inHand, { ...inHand, notUrgentUntil: LATER, version: 9 }],
] as const)('R-LIVE-01 a version of a ticket is announced as %s', (name, before, after) => {
  expect(changeNameOf(before, after)).toBe(name);
});

test('R-LIVE-01 an announcement says whose the ticket is and was, its version, and nothing else of it', () => {
  const moved = { ...requeued(inHand, { line: 'new', at: LATER }), deskId: 'dsk_2' };
  expect(announceTicket(inHand, moved)).toEqual({
    type: ticketChanged.name,
    aggregate: { id: 'tkt_1', version: moved.version },
    data: {
      ticketId: 'tkt_1',
      deskId: 'dsk_2',
      fromDeskId: 'main',
      clientId: 'usr_c',
      fromExecutorId: 'usr_e',
      state: 'waiting',
      urgent: false,
      change: 'queued',
    },
  });
});
