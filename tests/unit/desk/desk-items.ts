import { effectiveLimits, initialLimits } from '../../../lib/desk/core/limits.ts';
import type { Executor, Ticket, TicketState } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';

export const T0_MS = Date.UTC(2026, 0, 5, 8);
/** So many seconds into the tests' time. */
export const sec = (after: number) => instant(T0_MS + after * 1000);

/** Five tickets an executor, two of them urgent, 30 s without a heartbeat. */
export const limits = effectiveLimits(initialLimits);

export const HOLDER = 'usr_holder';

/** A ticket as it is in each state; whoever has it is `usr_holder` in their epoch 4. */
export const ticketIn = (state: TicketState, given: Partial<Ticket> = {}): Ticket => ({
  id: 'tkt_1',
  deskId: 'main',
  clientId: 'usr_client',
  state,
  urgent: false,
  promoted: false,
  orderedAt: sec(0),
  heldBy: state === 'waiting' ? [] : [HOLDER],
  passedOver: {},
  createdAt: sec(0),
  version: 7,
  ...(state === 'waiting'
    ? { line: 'new', waitingSince: sec(0) }
    : { executorId: HOLDER, leaseEpoch: 4, assignedAt: sec(10), decision: 'p000000000001' }),
  ...(state === 'assigned' && { acceptBy: sec(310) }),
  ...((state === 'accepted' || state === 'waitingClient') && { acceptedAt: sec(20) }),
  ...(state === 'waitingClient' && { waitingClientSince: sec(30) }),
  ...(state === 'closed' && { closedAt: sec(40), closedBy: HOLDER }),
  ...given,
});

export const executorWith = (given: Partial<Executor> = {}): Executor => ({
  id: HOLDER,
  name: 'Ada',
  homeDeskId: 'main',
  presence: 'online',
  epoch: 4,
  open: [],
  openUrgent: [],
  parked: [],
  rank: 3,
  missesRunning: 0,
  version: 9,
  ...given,
});
