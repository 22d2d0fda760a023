import {
  type Decision,
  findLimitsAt,
  listDecisionsBetween,
  listFacts,
  listPlans,
  planOf,
} from '../desk/reader.ts';
import { DAY_MS, EVERY_DESK, effectiveLimits, type JournalEntry, type PlanInput } from '../desk/rules.ts';
import { epochMs, type Instant, instant } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import { addChecks, checkPlan, type DecisionCheck, nothingChecked } from './decisions.ts';
import { type Fact, factOf } from './facts.ts';
import { type History, presentByPlans } from './history.ts';
import { isLimitsEntry, limitsEntryOf, limitsFacts, type Scopes } from './limits.ts';

/** How far before and after a stretch facts are read: what is in hand at its start mostly came in within a day. */
export const LOOK_AROUND_MS = DAY_MS;
/** What one run takes in. Above that it neither ends in time nor fits into memory. */
const MOST_FACTS = 200_000;
const PLANS_AT_ONCE = 100;

const tooMuch = (): AppError =>
  new AppError(
    'unprocessable',
    'replay-too-large',
    `The span holds more than ${MOST_FACTS} facts: ask for a shorter one.`,
  );

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Each entry read; those that cannot be are counted: a version wrote them that knew another shape. */
const readable = <T>(entries: readonly JournalEntry[], read: (entry: JournalEntry) => T | undefined) => {
  const found: T[] = [];
  let unreadable = 0;
  for (const entry of entries) {
    try {
      const one = read(entry);
      if (one !== undefined) found.push(one);
    } catch {
      unreadable += 1;
    }
  }
  return { found, unreadable };
};

const parsed = (deskId: string, entries: readonly JournalEntry[], start: Scopes) => {
  const limits = readable(entries.filter(isLimitsEntry), limitsEntryOf);
  const others = readable(entries, (entry) => factOf(deskId, entry));
  return {
    facts: [...limitsFacts(start, limits.found), ...others.found],
    unreadable: limits.unreadable + others.unreadable,
  };
};

const assignedFacts = ({ at, executorId, tickets }: Decision): Fact[] =>
  tickets.map(({ ticketId, number }) => ({
    kind: 'assigned',
    atMs: epochMs(at),
    ticketId,
    executorId,
    number,
  }));

/** Makes the plans of some decisions again; also gives what each plan saw. */
const checkSome = async (
  rt: Runtime,
  deskId: string,
  decisions: readonly Decision[],
): Promise<{ check: DecisionCheck; inputs: PlanInput[] }> => {
  const plans = Map.groupBy(decisions, planOf);
  let check = nothingChecked;
  const inputs: PlanInput[] = [];
  const ids = [...plans.keys()];
  for (let start = 0; start < ids.length; start += PLANS_AT_ONCE) {
    const some = ids.slice(start, start + PLANS_AT_ONCE);
    const records = await listPlans(rt, deskId, some);
    for (const id of some) {
      const decided = (plans.get(id) ?? []).flatMap(({ executorId, tickets }) =>
        tickets.map(({ ticketId, number = 0 }) => ({ ticketId, number, executorId })),
      );
      const record = records.get(id);
      if (record) inputs.push(onlyExecutors(record.input));
      const result = record ? checkPlan(record.input, decided) : undefined;
      check = addChecks(check, result ?? { ...nothingChecked, withoutInput: decided.length });
    }
  }
  return { check, inputs };
};

/** Inputs are kept for who was there; their tickets would fill the memory. */
const onlyExecutors = (input: PlanInput): PlanInput => ({ ...input, tickets: [] });

export interface ReadHistory {
  readonly history: History;
  readonly check: DecisionCheck;
  readonly executorsFromPlans: number;
  readonly unreadable: number;
}

/** Reads all that is known of a stretch of a desk's life. Throws `replay-too-large`. */
export const readHistory = async (rt: Runtime, deskId: string, { from, to }: Span): Promise<ReadHistory> => {
  const around = {
    from: instant(epochMs(from) - LOOK_AROUND_MS),
    to: instant(Math.min(epochMs(to) + LOOK_AROUND_MS, rt.clock.nowMs())),
    atMost: MOST_FACTS,
  };
  const [scopes, own, everyDesk, planned, people] = await Promise.all([
    findLimitsAt(rt, deskId, around.from),
    listFacts(rt, deskId, around),
    listFacts(rt, EVERY_DESK, around),
    listDecisionsBetween(rt, deskId, { kind: 'p', ...around }),
    listDecisionsBetween(rt, deskId, { kind: 'x', ...around }),
  ]);
  if (own.more || everyDesk.more || planned.more || people.more) throw tooMuch();
  const { facts: journal, unreadable } = parsed(deskId, [...everyDesk.entries, ...own.entries], scopes);
  const within = planned.decisions.filter((decision) => decision.at >= from && decision.at <= to);
  const { check, inputs } = await checkSome(rt, deskId, within);
  const facts = [...journal, ...[...planned.decisions, ...people.decisions].flatMap(assignedFacts)];
  const known = presentByPlans(facts, inputs, from);
  return {
    history: { from, to, limits: effectiveLimits(scopes.global, scopes.own), facts: [...known, ...facts] },
    check,
    executorsFromPlans: known.length,
    unreadable,
  };
};
