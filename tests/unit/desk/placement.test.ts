import { effectiveLimits, initialLimits } from '../../../lib/desk/core/limits.ts';
import { type Holder, joinTicket, openTicket } from '../../../lib/desk/intake/placement.ts';
import { type Executor, type Presence, presences, type Ticket } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';

const NOW_MS = Date.UTC(2026, 0, 5, 8);
const at = instant(NOW_MS);
const ago = (sec: number) => instant(NOW_MS - sec * 1000);
const limits = effectiveLimits(initialLimits);
const STALE_SEC = limits.heartbeatPeriodSec * limits.missedHeartbeats;

const waiting: Ticket = {
  id: 'tkt_1',
  deskId: 'main',
  clientId: 'usr_client',
  state: 'waiting',
  urgent: false,
  promoted: false,
  line: 'new',
  orderedAt: ago(100),
  waitingSince: ago(100),
  heldBy: [],
  passedOver: {},
  createdAt: ago(100),
  version: 7,
};
const inHand = (state: 'assigned' | 'accepted' | 'waitingClient', given: Partial<Ticket> = {}): Ticket => {
  const { line, waitingSince, ...rest } = waiting;
  return {
    ...rest,
    state,
    executorId: 'usr_e',
    leaseEpoch: 3,
    heldBy: ['usr_e'],
    assignedAt: ago(50),
    ...given,
  };
};

const holderOf = (given: Partial<Executor> = {}, beatSecAgo: number | undefined = 5): Holder => ({
  executor: {
    id: 'usr_e',
    name: 'E',
    homeDeskId: 'main',
    presence: 'online',
    epoch: 3,
    open: ['tkt_1'],
    openUrgent: [],
    parked: [],
    rank: 1,
    missesRunning: 0,
    version: 40,
    ...given,
  },
  beat:
    beatSecAgo === undefined ? undefined : { executorId: 'usr_e', lastBeatAt: ago(beatSecAgo), watch: 'w' },
  limits,
});
const parkedWith = (given: Partial<Executor> = {}, beatSecAgo?: number) =>
  holderOf({ open: [], parked: ['tkt_1'], ...given }, beatSecAgo);

const join = (ticket: Ticket, holder?: Holder, urgent = false) => joinTicket(ticket, { holder, urgent, at });
const suspectSince = (sec: number): Partial<Executor> => ({
  presence: 'suspect',
  suspected: { from: 'online', since: ago(sec) },
});

describe('a message of a ticket in line', () => {
  it('R-DESK-04 joins it and changes nothing', () => {
    expect(join(waiting)).toMatchObject({ ticket: waiting, delivered: false });
    expect(join(waiting).ticket).toBe(waiting);
  });

  it('R-DESK-13 moves it to the urgent line when it is urgent, and its wait starts anew', () => {
    const { ticket } = join(waiting, undefined, true);
    expect(ticket).toMatchObject({
      urgent: true,
      line: 'urgent',
      waitingSince: at,
      orderedAt: ago(100),
      version: 8,
    });
  });

  it('R-DESK-13 leaves an orphan an orphan', () => {
    const { ticket } = join({ ...waiting, line: 'orphaned' }, undefined, true);
    expect(ticket).toMatchObject({ urgent: true, line: 'orphaned', waitingSince: ago(100), version: 8 });
  });
});

describe.each(['assigned', 'accepted'] as const)('a message of a ticket that is %s', (state) => {
  it.each(['online', 'draining'] as const)('R-DESK-04 goes to its executor who is %s', (presence) => {
    const ticket = inHand(state);
    const joining = join(ticket, holderOf({ presence }));
    expect(joining.ticket).toBe(ticket);
    expect(joining).toMatchObject({ delivered: true, reliesOnExecutor: true });
    expect(joining.executor).toBeUndefined();
  });

  it('R-DESK-04 goes to an executor who is full', () => {
    const open = ['tkt_1', 'a', 'b', 'c', 'd', 'e', 'f'];
    expect(join(inHand(state), holderOf({ open })).delivered).toBe(true);
  });

  it.each(['away', 'offline'] as const)('R-DESK-04 orphans it when its executor is %s', (presence) => {
    const joining = join(inHand(state), holderOf({ presence }));
    expect(joining.ticket).toMatchObject({
      state: 'waiting',
      line: 'orphaned',
      waitingSince: at,
      orderedAt: ago(100),
    });
    expect(joining.ticket.executorId).toBeUndefined();
    expect(joining.ticket.version).toBe(8);
    expect(joining).toMatchObject({
      delivered: false,
      cause: 'joined-unavailable',
      executor: { open: [], version: 41 },
    });
  });

  it.each([
    ['marked as one', holderOf(suspectSince(60))],
    ['not yet marked, by their heartbeat', holderOf({}, STALE_SEC)],
    ['draining and not yet marked', holderOf({ presence: 'draining' }, STALE_SEC + 10)],
  ])('R-DESK-04 waits in it while its executor is a suspect (%s)', (_, holder) => {
    const ticket = inHand(state);
    const joining = join(ticket, holder);
    expect(joining.ticket).toBe(ticket);
    expect(joining).toMatchObject({ delivered: false, reliesOnExecutor: true });
  });

  it.each([
    ['marked', holderOf(suspectSince(limits.maxReconnectWaitSec))],
    ['by their heartbeat', holderOf({}, STALE_SEC + limits.maxReconnectWaitSec)],
    ['who never gave a sign', { ...holderOf(), beat: undefined }],
  ])('R-DESK-04 orphans it when the reconnect wait of its executor is over (%s)', (_, holder) => {
    expect(join(inHand(state), holder).ticket).toMatchObject({ state: 'waiting', line: 'orphaned' });
  });

  it('R-DESK-08 orphans it when its executor has left and come back since', () => {
    expect(join(inHand(state), holderOf({ epoch: 4, open: [] })).ticket.line).toBe('orphaned');
  });

  it('R-DESK-13 makes it urgent where it is, even over the urgent cap', () => {
    const open = ['tkt_1', 'u1', 'u2'];
    const joining = join(inHand(state), holderOf({ open, openUrgent: ['u1', 'u2'] }), true);
    expect(joining.ticket).toMatchObject({ state, urgent: true, executorId: 'usr_e', version: 8 });
    expect(joining.executor?.openUrgent).toEqual(['u1', 'u2', 'tkt_1']);
    expect(joining.delivered).toBe(true);
  });

  it('R-DESK-13 keeps its urgency in the orphaned line', () => {
    const joining = join(inHand(state), holderOf({ presence: 'away' }), true);
    expect(joining.ticket).toMatchObject({ line: 'orphaned', urgent: true, version: 8 });
  });
});

describe('a message of a ticket that waits for its client', () => {
  const ticket = inHand('waitingClient', { waitingClientSince: ago(30), acceptedAt: ago(40) });

  it('R-DESK-10 brings it back to its executor who is online with room', () => {
    const joining = join(ticket, parkedWith());
    expect(joining.ticket).toMatchObject({ state: 'accepted', executorId: 'usr_e', version: 8 });
    expect(joining.ticket.waitingClientSince).toBeUndefined();
    expect(joining.executor).toMatchObject({ open: ['tkt_1'], parked: [] });
    expect(joining.delivered).toBe(true);
  });

  it('R-DESK-10 takes the lease of now when they left and came back meanwhile', () => {
    expect(join(ticket, parkedWith({ epoch: 9 })).ticket.leaseEpoch).toBe(9);
  });

  it.each(presences.filter((presence) => presence !== 'online').map((presence): [Presence] => [presence]))(
    "R-DESK-10 puts it into its own class's line when its executor is %s",
    (presence) => {
      const joining = join(ticket, parkedWith({ presence, ...(presence === 'suspect' && suspectSince(5)) }));
      expect(joining.ticket).toMatchObject({ state: 'waiting', line: 'new', waitingSince: at, version: 8 });
      expect(joining.executor?.parked).toEqual([]);
    },
  );

  it('R-DESK-10 puts it into line when its executor is silent or has no room', () => {
    expect(join(ticket, parkedWith({}, STALE_SEC)).ticket.line).toBe('new');
    expect(join(ticket, parkedWith({ open: ['a', 'b', 'c', 'd', 'e'] })).ticket.line).toBe('new');
  });

  it('R-DESK-10 asks for room of its class: an urgent answer needs urgent room', () => {
    const full = parkedWith({ open: ['a', 'b'], openUrgent: ['a', 'b'] });
    expect(join(ticket, full).ticket.state).toBe('accepted');
    expect(join(ticket, full, true).ticket).toMatchObject({ state: 'waiting', line: 'urgent', urgent: true });
  });
});

it('R-DESK-03 closed is final', () => {
  expect(() => join({ ...inHand('accepted'), state: 'closed' })).toThrow('final');
});

it.each([
  [true, 'urgent'],
  [false, 'new'],
] as const)(
  'R-DESK-03 a new ticket (urgent: %s) stands in the %s line since its message was accepted',
  (urgent, line) => {
    const opening = { ticketId: 'tkt_2', number: 7, clientId: 'usr_client', acceptedAt: ago(9), urgent, at };
    expect(openTicket(opening)).toMatchObject({
      line,
      urgent,
      orderedAt: ago(9),
      waitingSince: ago(9),
      createdAt: at,
    });
    expect(openTicket(opening)).not.toHaveProperty('previousTicketId');
  },
);

it('R-DESK-03 a new ticket is nobody’s yet, and names the closed one that it continues', () => {
  const opening = {
    ticketId: 'tkt_2',
    number: 7,
    clientId: 'usr_client',
    acceptedAt: ago(9),
    urgent: false,
    at,
  };
  expect(openTicket({ ...opening, previousTicketId: 'tkt_1' })).toEqual({
    id: 'tkt_2',
    number: 7,
    deskId: 'main',
    clientId: 'usr_client',
    state: 'waiting',
    urgent: false,
    promoted: false,
    line: 'new',
    orderedAt: ago(9),
    waitingSince: ago(9),
    heldBy: [],
    passedOver: {},
    previousTicketId: 'tkt_1',
    createdAt: at,
    version: 1,
  });
});

it('R-DESK-04 a message of a ticket in line rests on nobody, one that brings a ticket back on its executor', () => {
  expect(join(waiting)).toMatchObject({ reliesOnExecutor: false });
  expect(join(inHand('waitingClient'), parkedWith())).toMatchObject({
    reliesOnExecutor: true,
    cause: 'client-returned',
  });
  expect(join(inHand('waitingClient'), parkedWith({ presence: 'away' }))).toMatchObject({
    reliesOnExecutor: false,
    delivered: false,
    cause: 'client-returned',
  });
});
