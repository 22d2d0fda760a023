import type { Call } from '../engine/gate.ts';
import type { Invocation } from '../engine/invocation.ts';
import type { Watcher, World } from '../engine/world.ts';
import {
  type Decision,
  type Executor,
  linesKey,
  type Plan,
  type PlanExecutor,
  type PlanInput,
  type PlanTicket,
  planAssignments,
  rosterKey,
} from '../product.ts';
import type { Commit, Model, Since } from './model.ts';

/** When a dispatcher last looked at a desk, as a number of commit. */
interface Look {
  readonly roster: number;
  lines: number | undefined;
}

const told = ({ assignments }: Plan): string =>
  assignments.map(({ number, ticketId, executorId }) => `${number}:${ticketId}>${executorId}`).join(' ');

/** What was looked at, put right where it is known for certain, and what the look has left out. */
const merged = <T>(seen: readonly T[], steady: readonly T[], idOf: (each: T) => string): T[] => {
  const byId = new Map(steady.map((each) => [idOf(each), each]));
  const known = seen.map((each) => byId.get(idOf(each)) ?? each);
  const ids = new Set(seen.map(idOf));
  return [...known, ...steady.filter((each) => !ids.has(idOf(each)))];
};

const partitionOf = ({ operation, input }: Call): string =>
  operation === 'Query' ? String(input.ExpressionAttributeValues?.[':p'] ?? '') : '';

/**
 * Order is evaluated on the planner's decisions (R-DESK-05, R-DESK-06, R-DESK-12): each follows from its recorded input by
 * the planner; that input held every ticket and everybody who stood there from before the look until the commit, as far
 * as they would have changed the plan; and each number of a desk is given once.
 */
export class DecisionsCheck implements Watcher {
  readonly #world: World;
  readonly #model: Model;
  readonly #looks = new WeakMap<Invocation, Map<string, Look>>();
  readonly #numbers = new Map<string, string>();

  constructor(world: World, model: Model) {
    this.#world = world;
    this.#model = model;
    model.onEach((commit) => this.#check(commit));
  }

  onRead(call: Call): void {
    const partition = partitionOf(call);
    const looks = this.#looks.get(call.invocation) ?? new Map<string, Look>();
    this.#looks.set(call.invocation, looks);
    const deskId = partition.slice(partition.indexOf('#') + 1);
    if (partition === rosterKey(deskId)) looks.set(deskId, { roster: this.#model.commits, lines: undefined });
    const look = looks.get(deskId);
    if (partition === linesKey(deskId) && look) look.lines ??= this.#model.commits;
  }

  #check(commit: Commit): void {
    for (const decision of commit.decisions) {
      if (decision.rule !== 'plan') continue;
      const record = this.#model.plans.get(`${decision.deskId}/${decision.planId ?? decision.id}`);
      if (!record) this.#world.report('order', `${decision.id} has no record of its plan`);
      else {
        this.#checkShare(decision, record.input);
        this.#checkLook(commit.call, decision, record.input);
      }
      this.#checkNumbers(decision);
      this.#checkRank(commit, decision);
    }
  }

  #checkShare(decision: Decision, input: PlanInput): void {
    const planned = planAssignments(input)
      .assignments.filter(({ executorId }) => executorId === decision.executorId)
      .map(({ ticketId, number }) => ({ ticketId, number }));
    if (
      JSON.stringify(planned) !==
      JSON.stringify(decision.tickets.map(({ ticketId, number }) => ({ ticketId, number })))
    )
      this.#world.report('order', `${decision.id} is not what the planner makes of its input`);
  }

  /** The plan made again from what really stood there must be the same plan. */
  #checkLook(call: Call, { id, deskId }: Decision, input: PlanInput): void {
    const look = this.#looks.get(call.invocation)?.get(deskId);
    if (!look) {
      this.#world.report('order', `${id} was made without a look at the desk`);
      return;
    }
    const tickets = this.#steadyTickets(deskId, look.lines ?? look.roster);
    const executors = this.#steadyExecutors(deskId, look.roster, input);
    const truth = {
      ...input,
      tickets: merged(input.tickets, tickets, ({ ticketId }) => ticketId),
      executors: merged(input.executors, executors, ({ executorId }) => executorId),
    };
    const [made, due] = [told(planAssignments(input)), told(planAssignments(truth))];
    if (made !== due) this.#world.report('order', `${id} on ${deskId} dealt ${made}, but ${due} was due`);
  }

  /** Who stood in line unchanged from the look until now. */
  #steadyTickets(deskId: string, since: number): PlanTicket[] {
    const { justLeft } = this.#model;
    return [...this.#model.line(deskId).values(), ...justLeft.values()]
      .filter(({ commit }) => commit <= since)
      .map(({ value }) => value);
  }

  /** Who was there for the dispatcher, unchanged from the look until now; their heartbeats as they were read. */
  #steadyExecutors(deskId: string, since: number, { executors: seen }: PlanInput): PlanExecutor[] {
    const { executors, justReplaced, beats } = this.#model;
    const present = ({ value, commit }: Since<Executor>): boolean =>
      commit <= since && value.homeDeskId === deskId && value.presence === 'online';
    return [...executors.values(), ...justReplaced.values()].filter(present).map(({ value }) => ({
      executorId: value.id,
      rank: value.rank,
      presence: value.presence,
      lastBeatAt:
        (seen.find(({ executorId }) => executorId === value.id)?.lastBeatAt ?? beats.get(value.id)) || '',
      open: value.open.length,
      openUrgent: value.openUrgent.length,
    }));
  }

  #checkNumbers({ deskId, id, tickets }: Decision): void {
    for (const { number } of tickets) {
      const key = `${deskId}/${number}`;
      const earlier = this.#numbers.get(key);
      if (earlier !== undefined)
        this.#world.report('order', `number ${number} of ${deskId} was given by ${earlier} and by ${id}`);
      this.#numbers.set(key, id);
    }
  }

  #checkRank({ executors }: Commit, { id, executorId, tickets }: Decision): void {
    const rank = Math.max(...tickets.map(({ number }) => number ?? 0));
    const after = executors.find((each) => each.after?.id === executorId)?.after;
    if (after?.rank !== rank)
      this.#world.report('order', `${id} leaves ${executorId} at rank ${after?.rank}, not ${rank}`);
  }
}
