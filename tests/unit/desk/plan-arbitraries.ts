import fc from 'fast-check';
import type { PlanExecutor, PlanInput, PlanTicket } from '../../../lib/desk/dispatch/plan-assignments.ts';
import { type Line, lines, presences } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';

export const NOW_MS = Date.UTC(2026, 0, 5, 8);
export const NOW = instant(NOW_MS);
export const STALE_MS = 30_000;

export const planLimits = (cap = 5, urgentCap = 2) => ({
  version: 1,
  maxTicketsPerExecutor: cap,
  maxUrgentTicketsPerExecutor: urgentCap,
  staleAfterMs: STALE_MS,
});

let made = 0;

export const planTicket = (given: Partial<PlanTicket> = {}): PlanTicket => ({
  ticketId: `tkt_${String(made++).padStart(6, '0')}`,
  line: given.urgent ? 'urgent' : 'new',
  urgent: false,
  orderedAt: instant(NOW_MS - 60_000),
  passedOver: {},
  ...given,
});

export const planExecutor = (executorId: string, given: Partial<PlanExecutor> = {}): PlanExecutor => ({
  executorId,
  rank: 0,
  presence: 'online',
  lastBeatAt: NOW,
  open: 0,
  openUrgent: 0,
  ...given,
});

export const planInput = (given: Partial<PlanInput>): PlanInput => ({
  at: NOW,
  firstNumber: 1,
  dealAtMost: 40,
  limits: planLimits(),
  tickets: [],
  executors: [],
  ...given,
});

const executorName = (index: number): string => `usr_${String(index).padStart(3, '0')}`;

/** Urgency and line as they occur together: the new line holds no urgent ticket. */
const classes: readonly { line: Line; urgent: boolean }[] = lines.flatMap((line) =>
  [false, true].flatMap((urgent) => (line === 'new' && urgent ? [] : [{ line, urgent }])),
);

const ticketArb = (index: number, executorCount: number): fc.Arbitrary<PlanTicket> =>
  fc
    .record({
      class: fc.constantFrom(...classes),
      // Few distinct instants, so that ties occur.
      agoSec: fc.integer({ min: 0, max: 20 }),
      // Remembered until then, in seconds from now; not after now means forgotten.
      passed: fc.array(
        fc.record({
          who: fc.integer({ min: 0, max: executorCount }),
          sec: fc.integer({ min: -10, max: 10 }),
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ class: kind, agoSec, passed }) => ({
      ticketId: `tkt_${String((index * 7919) % 1009).padStart(4, '0')}`,
      ...kind,
      orderedAt: instant(NOW_MS - agoSec * 1000),
      passedOver: Object.fromEntries(
        passed.map(({ who, sec }) => [executorName(who), instant(NOW_MS + sec * 1000)]),
      ),
    }));

const executorArb = (index: number): fc.Arbitrary<PlanExecutor> =>
  fc
    .record({
      rank: fc.integer({ min: 0, max: 40 }),
      presence: fc.oneof(
        { weight: 5, arbitrary: fc.constant('online' as const) },
        fc.constantFrom(...presences),
      ),
      beatAgoMs: fc.oneof(
        { weight: 5, arbitrary: fc.constant(0) },
        fc.integer({ min: STALE_MS - 2, max: STALE_MS + 2 }),
      ),
      hasBeat: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
      open: fc.integer({ min: 0, max: 8 }),
      urgentShare: fc.integer({ min: 0, max: 8 }),
    })
    .map(({ rank, presence, beatAgoMs, hasBeat, open, urgentShare }) => ({
      executorId: executorName(index),
      rank,
      presence,
      ...(hasBeat && { lastBeatAt: instant(NOW_MS - beatAgoMs) }),
      open,
      openUrgent: Math.min(open, urgentShare),
    }));

/** Any desk: everybody in any state, up to 30 executors and 40 tickets, loads above the caps among them. */
export const anyInput: fc.Arbitrary<PlanInput> = fc
  .record({
    executorCount: fc.integer({ min: 0, max: 30 }),
    ticketCount: fc.integer({ min: 0, max: 40 }),
    cap: fc.integer({ min: 1, max: 8 }),
    urgentCap: fc.integer({ min: 1, max: 8 }),
    dealAtMost: fc.constantFrom(1, 2, 40),
    firstNumber: fc.integer({ min: 1, max: 1000 }),
  })
  .chain(({ executorCount, ticketCount, cap, urgentCap, dealAtMost, firstNumber }) =>
    fc.record({
      at: fc.constant(NOW),
      firstNumber: fc.constant(firstNumber),
      dealAtMost: fc.constant(dealAtMost),
      limits: fc.constant(planLimits(cap, Math.min(cap, urgentCap))),
      tickets: fc.tuple(...Array.from({ length: ticketCount }, (_, i) => ticketArb(i, executorCount))),
      executors: fc.tuple(...Array.from({ length: executorCount }, (_, i) => executorArb(i))),
    }),
  );

/** `count` executors with room for whatever comes, their ranks in any order. */
export const roomyExecutors = (count: number): fc.Arbitrary<PlanExecutor[]> =>
  fc
    .array(fc.integer({ min: 0, max: 5 }), { minLength: count, maxLength: count })
    .map((ranks) => ranks.map((rank, index) => planExecutor(executorName(index), { rank })));
