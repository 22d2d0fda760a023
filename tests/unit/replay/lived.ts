import type { LimitValues } from '../../../lib/desk/model.ts';
import type { Fact } from '../../../lib/replay/facts.ts';
import { readDay } from '../../../lib/replay/history.ts';
import { simulate } from '../../../lib/replay/simulation.ts';
import { accepted, assigned, at, limits, online, span } from './facts.ts';

/** Ten minutes lived again. Waits, caps and reconnect waits end only where a test says so. */
export const live = (
  facts: readonly Fact[],
  given: Partial<LimitValues> = {},
  override: Partial<LimitValues> = {},
) => {
  const roomy = { ...limits, maxUrgentTicketsPerExecutor: 5 };
  const told = readDay({ ...span(10), limits: { ...roomy, ...given }, facts });
  const { outcome, sequence, guessed } = simulate(told.caseUnder(override));
  const dealt = sequence.map(({ ticketId, executorId }) => `${ticketId} ${executorId}`);
  return { ...outcome, dealt, guessed, day: told.happened };
};
export const one = { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 };
/** Assigned and accepted on the day. */
export const taken = (ticketId: string, executorId: string, sec: number, number: number): Fact[] => [
  assigned(ticketId, executorId, at(sec), number),
  accepted(ticketId, executorId, at(sec + 1)),
];
/** Nobody closed it on the day, as far as is known: whoever has it keeps it. */
export const kept = (...ticketIds: string[]): Fact[] =>
  ticketIds.flatMap((id) => taken(id, 'of-that-day', 700, 90));
export const two = [online('a', at(-20)), online('b', at(-10))];
