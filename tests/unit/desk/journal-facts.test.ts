import { type JournalEntry, journalsOf, writtenAndSent } from '../../../lib/desk/core/journal.ts';
import { initialLimits } from '../../../lib/desk/core/limits.ts';
import {
  limitsChanged,
  limitsEvent,
  messageDelivered,
  presenceEvent,
  queuedEvent,
  ticketAccepted,
  ticketClosed,
  ticketEvent,
  ticketOverdue,
  ticketReleased,
  urgencyEvent,
} from '../../../lib/desk/events.ts';
import { type Fact, factOf, inOrder } from '../../../lib/replay/facts.ts';
import { limitsEntryOf, limitsFacts } from '../../../lib/replay/limits.ts';
import { executorWith, HOLDER, limits, sec, T0_MS, ticketIn } from './desk-items.ts';

/** The journal's entry of a published fact, ten seconds into the day. */
const entryOf = ({ type, data }: { type: string; data: unknown }): JournalEntry => ({
  id: 'evt_1',
  at: sec(10),
  type,
  data: data as JournalEntry['data'],
});
const atMs = T0_MS + 10_000;

describe('what a replay reads from the journal', () => {
  test.each([
    ['orphaned', false],
    ['urgent', true],
    ['new', false],
  ] as const)('R-DESK-12 a ticket in the %s line, with all the planner goes by', (line, urgent) => {
    const passedOver = { usr_x: sec(99) };
    const ticket = ticketIn('waiting', { line, urgent, promoted: !urgent, waitingSince: sec(4), passedOver });
    expect(factOf('main', entryOf(queuedEvent(ticket, 'declined')))).toEqual({
      kind: 'queued',
      atMs,
      ticketId: 'tkt_1',
      cause: 'declined',
      line,
      urgent,
      promoted: !urgent,
      orderedAt: sec(0),
      waitingSinceMs: T0_MS + 4000,
      passedOver,
    });
  });

  test('R-DESK-12 who came and went, and whose turn it was', () => {
    const event = presenceEvent(executorWith({ presence: 'offline' }), executorWith());
    expect(factOf('main', entryOf(event))).toEqual({
      kind: 'presence',
      atMs,
      executorId: HOLDER,
      from: 'offline',
      to: 'online',
      rank: 3,
    });
    const first = factOf('main', entryOf(presenceEvent(undefined, executorWith())));
    expect(first).toMatchObject({ kind: 'presence', from: undefined });
  });

  test('R-DESK-12 who moved to another desk is gone from this one', () => {
    const event = presenceEvent(executorWith(), executorWith({ homeDeskId: 'dsk_b' }));
    expect(journalsOf({ type: event.type, data: event.data as JournalEntry['data'] })).toEqual([
      'dsk_b',
      'main',
    ]);
    expect(factOf('main', entryOf(event))).toMatchObject({ kind: 'presence', to: 'offline' });
    expect(factOf('dsk_b', entryOf(event))).toMatchObject({ kind: 'presence', to: 'online' });
  });

  test('R-DESK-12 acceptance with its executor, urgency, the end', () => {
    const { accepted, closed } = {
      accepted: ticketEvent(ticketAccepted, ticketIn('accepted'), { executorId: HOLDER }),
      closed: ticketEvent(ticketClosed, ticketIn('closed'), { executorId: HOLDER }),
    };
    expect(factOf('main', entryOf(accepted))).toEqual({
      kind: 'accepted',
      atMs,
      ticketId: 'tkt_1',
      executorId: HOLDER,
    });
    expect(factOf('main', entryOf(closed))).toEqual({ kind: 'closed', atMs, ticketId: 'tkt_1' });
    const urgency = entryOf(urgencyEvent(ticketIn('accepted', { urgent: true })));
    expect(factOf('main', urgency)).toEqual({ kind: 'urgency', atMs, ticketId: 'tkt_1', urgent: true });
    const overdue = entryOf({ type: ticketOverdue.name, data: { ticketId: 'tkt_1', deskId: 'main' } });
    expect(factOf('main', overdue)).toEqual({ kind: 'overdue', atMs, ticketId: 'tkt_1' });
  });

  test('R-DESK-12 a ticket set aside is parked; one that left a hand otherwise is told of by the line', () => {
    const released = (state: 'waitingClient' | 'waiting' | 'assigned') =>
      factOf('main', entryOf(ticketEvent(ticketReleased, ticketIn(state), { executorId: HOLDER })));
    expect(released('waitingClient')).toEqual({ kind: 'parked', atMs, ticketId: 'tkt_1' });
    expect([released('waiting'), released('assigned')]).toEqual([undefined, undefined]);
  });

  test('R-DESK-12 a ticket that went to another desk has left, whatever its state there', () => {
    const moved = ticketIn('waitingClient', { deskId: 'dsk_b' });
    const event = ticketEvent(ticketReleased, moved, { executorId: HOLDER, deskId: 'main' });
    expect(factOf('main', entryOf(event))).toEqual({ kind: 'left', atMs, ticketId: 'tkt_1' });
  });

  const limitsEntry = (deskId: string | undefined, version: number, values: object) =>
    limitsEntryOf(entryOf(limitsEvent({ deskId, version, values })));

  test('R-DESK-12 limits as they come into force on the replayed desk, global and own changes together', () => {
    const start = { global: initialLimits, own: { version: 2, values: { maxWaitSec: 70 } } };
    const facts = limitsFacts(start, [
      limitsEntry(undefined, 5, { ...initialLimits.values, maxWaitSec: 90, maxUrgentWaitSec: 20 }),
      limitsEntry('main', 4, { maxWaitSec: 77 }),
      limitsEntry('main', 2, { maxWaitSec: 70 }),
      limitsEntry('main', 6, {}),
    ]);
    const { version: _, ...shipped } = limits;
    expect(facts.map((fact) => fact.limits)).toEqual([
      { ...shipped, maxWaitSec: 77, version: 4 },
      { ...shipped, maxWaitSec: 77, maxUrgentWaitSec: 20, version: 5 },
      { ...shipped, maxWaitSec: 90, maxUrgentWaitSec: 20, version: 6 },
    ]);
    expect(facts[0]).toMatchObject({ kind: 'limits', atMs });
  });

  test('R-DESK-12 a change of limits that says nothing of its values is unreadable', () => {
    const entry = entryOf({ type: limitsChanged.name, data: { deskIds: 'all' } });
    expect(() => limitsEntryOf(entry)).toThrow();
    expect(factOf('main', entry)).toBeUndefined();
  });

  test('R-DESK-12 a change of global limits is in the journal of every desk, that of one desk in its own', () => {
    expect(journalsOf(entryOf(limitsEvent({ deskId: undefined, version: 1, values: {} })))).toEqual(['*']);
    expect(journalsOf(entryOf(limitsEvent({ deskId: 'dsk_a', version: 1, values: {} })))).toEqual(['dsk_a']);
  });

  test('R-DESK-12 nothing from what makes no difference', () => {
    expect(factOf('main', entryOf({ type: messageDelivered.name, data: {} }))).toBeUndefined();
  });
});

test('R-DESK-12 a fact without a desk belongs to no journal, and one of a single desk to one', () => {
  expect(journalsOf({ type: messageDelivered.name, data: { deskId: 5 } })).toEqual([]);
  expect(journalsOf({ type: ticketReleased.name, data: { deskId: 'a', fromDeskId: 'a' } })).toEqual(['a']);
});

test('R-DESK-12 within a millisecond, what comes first in a ticket’s life comes first', () => {
  const of = (kind: Fact['kind'], at: number, ticketId = 't') => ({ kind, atMs: at, ticketId }) as Fact;
  const life = [
    'limits',
    'presence',
    'queued',
    'assigned',
    'urgency',
    'accepted',
    'parked',
    'overdue',
  ] as const;
  const whole = [...life, 'closed', 'left'] as Fact['kind'][];
  const given = [of('limits', 6), ...whole.toReversed().map((kind) => of(kind, 5)), of('left', 4)];
  expect(inOrder(given).map(({ kind, atMs: ms }) => `${kind} ${ms}`)).toEqual([
    'left 4',
    ...whole.map((kind) => `${kind} 5`),
    'limits 6',
  ]);
  const same = [of('queued', 5, 'z'), of('queued', 5, 'a')];
  expect(inOrder(same)).toEqual(same);
});

test('R-DESK-12 a fact of the journal is written with its commit, and sent as well once somebody consumes it', () => {
  const closed = ticketClosed.draft({ ticketId: 't', deskId: 'main', state: 'closed' });
  const delivered = messageDelivered.draft({
    messageId: 'm',
    ticketId: 't',
    deskId: 'main',
    executorId: 'e',
    urgent: false,
  });
  const drafts = [closed, delivered];
  expect(writtenAndSent(drafts, {})).toEqual({ written: [closed], sent: [delivered] });
  expect(writtenAndSent(drafts, { [ticketClosed.name]: ['orders-events'] })).toEqual({
    written: [closed],
    sent: drafts,
  });
});
