import { alertWrite } from '../../lib/desk/core/alert-repository.ts';
import { type DeskTimer, deskTimers } from '../../lib/desk/desk-timers.ts';
import {
  type Decision,
  decisionWrite,
  type PlanRecord,
  plannedId,
} from '../../lib/desk/dispatch/decision-repository.ts';
import { planLimitsOf } from '../../lib/desk/dispatch/read-desk.ts';
import type { Executor, Limits, Ticket } from '../../lib/desk/model.ts';
import { instant } from '../../lib/platform/clock.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import type { Write } from '../../lib/platform/storage/write.ts';

interface Day {
  readonly deskId: string;
  readonly limits: Limits;
  /** Who was there: the first twenty were candidates for every ticket. */
  readonly people: readonly Pick<Executor, 'id'>[];
}

const CANDIDATES = 20;

const recordOf = ({ people, limits }: Day, { id, orderedAt }: Ticket, number: number): PlanRecord => ({
  input: {
    at: orderedAt,
    firstNumber: number,
    dealAtMost: 1,
    limits: planLimitsOf(limits),
    tickets: [{ ticketId: id, line: 'new', urgent: false, orderedAt, passedOver: {} }],
    executors: people.slice(0, CANDIDATES).map((person, rank) => ({
      executorId: person.id,
      rank,
      presence: 'online',
      lastBeatAt: orderedAt,
      open: 4,
      openUrgent: 0,
    })),
  },
  others: { offline: { count: 100, more: true } },
});

/**
 * What a ticket leaves behind on its desk: the dispatcher's decision under this number, a manual one, an alert. Written past
 * all conditions, for a look at a desk that has been at work for long.
 */
export const traceWrites = (rt: Runtime, day: Day, ticket: Ticket, number: number): readonly Write[] => {
  const { deskId, limits, people } = day;
  const at = ticket.orderedAt;
  const executorId = people[number % people.length]?.id ?? '';
  const made = { deskId, executorId, at, limitsVersion: limits.version };
  const planned: Decision = {
    ...made,
    id: plannedId(number),
    rule: 'plan',
    tickets: [{ ticketId: ticket.id, number }],
    lastNumber: number,
  };
  const byHand: Decision = {
    ...made,
    id: `x${rt.ids.next('dec').slice('dec_'.length)}`,
    rule: 'manual',
    tickets: [{ ticketId: ticket.id }],
    overCap: false,
    actorId: rt.ids.next('usr'),
  };
  const timer: DeskTimer = {
    kind: 'accept',
    deskId,
    decision: planned.id,
    executorId,
    ticketIds: [ticket.id],
  };
  return [
    decisionWrite(rt, planned, {
      due: deskTimers.set(rt, timer, at).due,
      record: recordOf(day, ticket, number),
    }),
    decisionWrite(rt, byHand),
    alertWrite(rt, { ticket, at: instant(rt.clock.nowMs() + number) }),
  ];
};
