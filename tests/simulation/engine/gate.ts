import { conflict, noAnswer, throttled } from '../faults/errors.ts';
import type { FaultKind, Faults } from '../faults/fault-plan.ts';
import type { Invocation } from './invocation.ts';
import type { Random } from './random.ts';
import type { Plain } from './store/store.ts';
import type { Timeline } from './timeline.ts';
import type { Trace } from './trace.ts';

/** One request of an invocation to AWS. */
export interface Call {
  readonly invocation: Invocation;
  readonly service: 'dynamo' | 'sqs';
  /** As the service's API calls it: `TransactWriteItems`, `SendMessageBatch`. */
  readonly operation: string;
  readonly input: Plain;
}

/** Carries a request out. `stale`: an index may answer from before. `partial`: some of a batch are refused. */
export type Carry = (call: Call, how: { stale?: boolean; partial?: boolean }) => Promise<Plain>;

interface Waiting {
  readonly call: Call;
  readonly fault: FaultKind | undefined;
  readonly resolve: (answer: Plain) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads that one invocation asks for in one breath, and which reach the store together. */
interface Group {
  readonly invocation: Invocation;
  readonly issuedMs: number;
  readonly reads: Waiting[];
  sealed: boolean;
}

const READS = new Set(['GetItem', 'Query', 'BatchGetItem']);
export const isRead = ({ operation }: Pick<Call, 'operation'>): boolean => READS.has(operation);

/** Never part of a transaction while it is written alone, so nothing can conflict with it there. */
const LONE = /^(DISPATCH|OUTBOX|JOURNAL|AUDIT|PROVIDER|APIKEY)#/;

const conflicts = ({ operation, input }: Call): boolean =>
  operation === 'TransactWriteItems' || !LONE.test(String((input.Key ?? input.Item)?.pk));

const ONE_BREATH_SHARE = 0.85;

/** Which kinds may strike a request, in the order they are drawn. */
const kindsFor = (call: Call): readonly FaultKind[] => {
  if (call.service === 'sqs') {
    return [
      'crash-before-write',
      'crash-after-write',
      'lost-request',
      'lost-response',
      'throttled',
      'partial-send',
    ];
  }
  if (isRead(call)) {
    const index = call.input.IndexName === undefined ? [] : (['stale-index'] as const);
    return ['lost-request', 'throttled', 'slow-request', 'slow-response', ...index];
  }
  return [
    'crash-before-write',
    'crash-after-write',
    'lost-request',
    'lost-response',
    'throttled',
    ...(conflicts(call) ? (['conflict'] as const) : []),
    'slow-request',
    'slow-response',
  ];
};

/** Most requests take a few milliseconds; some take long, which is when others overtake. */
const travelMs = (random: Random): number => (random.chance(0.06) ? random.int(10, 120) : random.int(1, 7));
const slowMs = (random: Random): number => random.int(500, 7000);
const SILENCE_MS = [1000, 3000] as const;

/**
 * The way to AWS. Every request waits here for its virtual time to go out, alone or with its siblings, and for another
 * to come back; between the two and around them everything else goes on. So what happens between what is decided by
 * the seed, and only one thing at a time is really under way.
 */
export class Gate {
  readonly #timeline: Timeline;
  readonly #faults: Faults;
  readonly #carry: Carry;
  readonly #trace: Trace;
  #group: Group | undefined;
  #calls = 0;

  constructor(parts: { timeline: Timeline; faults: Faults; carry: Carry; trace: Trace }) {
    this.#timeline = parts.timeline;
    this.#faults = parts.faults;
    this.#carry = parts.carry;
    this.#trace = parts.trace;
  }

  /** Requests so far. */
  get calls(): number {
    return this.#calls;
  }

  request(call: Call): Promise<Plain> {
    return new Promise((resolve, reject) => {
      if (call.invocation.gone) return;
      this.#calls += 1;
      const { random } = call.invocation;
      const fault = kindsFor(call).find((kind) => this.#faults.strikes(kind, random));
      const waiting: Waiting = { call, fault, resolve, reject };
      if (this.#joinsBreath(waiting)) return;
      const goesAtMs =
        this.#timeline.nowMs() + travelMs(random) + (fault === 'slow-request' ? slowMs(random) : 0);
      const group: Group = {
        invocation: call.invocation,
        issuedMs: this.#timeline.nowMs(),
        reads: [waiting],
        sealed: !isRead(call) || fault !== undefined,
      };
      if (!group.sealed) this.#group = group;
      this.#timeline.at(goesAtMs, () => this.#goOut(group));
    });
  }

  #joinsBreath(waiting: Waiting): boolean {
    const { call, fault } = waiting;
    const group = this.#group;
    if (!group || group.sealed || fault !== undefined || !isRead(call)) return false;
    if (group.invocation !== call.invocation || group.issuedMs !== this.#timeline.nowMs()) return false;
    if (!call.invocation.random.chance(ONE_BREATH_SHARE)) return false;
    group.reads.push(waiting);
    return true;
  }

  async #goOut(group: Group): Promise<void> {
    group.sealed = true;
    if (group.invocation.gone) return;
    const { invocation } = group;
    // One after another: answers of the real store come in an order no seed decides.
    const answers: Settled[] = [];
    for (const each of group.reads) answers.push(await this.#carryOut(each));
    const [first] = group.reads;
    if (!first || invocation.gone) return;
    const backMs = travelMs(invocation.random) + this.#waitMs(first);
    this.#timeline.at(this.#timeline.nowMs() + backMs, () => {
      if (invocation.gone) return;
      for (const [index, each] of group.reads.entries()) {
        const answer = answers[index] as Settled;
        if ('error' in answer) each.reject(answer.error);
        else each.resolve(answer.value);
      }
    });
  }

  #waitMs({ call, fault }: Waiting): number {
    const { random } = call.invocation;
    if (fault === 'slow-response') return slowMs(random);
    return fault === 'lost-request' || fault === 'lost-response' ? random.int(...SILENCE_MS) : 0;
  }

  #strike({ call }: Waiting, fault: FaultKind): void {
    this.#faults.fired(fault);
    call.invocation.faults.push(fault);
    this.#trace.say(`#${call.invocation.number} FAULT ${fault} on ${call.operation}`);
  }

  async #carryOut(waiting: Waiting): Promise<Settled> {
    const { call, fault } = waiting;
    if (fault) this.#strike(waiting, fault);
    if (fault === 'crash-before-write') return this.#crash(call);
    if (fault === 'lost-request') return { error: noAnswer() };
    if (fault === 'throttled') return { error: throttled(call.operation) };
    if (fault === 'conflict') return { error: conflict(call.operation) };
    const how = { stale: fault === 'stale-index', partial: fault === 'partial-send' };
    const settled = await this.#carry(call, how).then(
      (value): Settled => ({ value }),
      (error: unknown): Settled => ({ error }),
    );
    if (fault === 'crash-after-write') return this.#crash(call);
    return fault === 'lost-response' ? { error: noAnswer() } : settled;
  }

  #crash({ invocation }: Call): Settled {
    invocation.die('crashed');
    return { error: new Error('gone') };
  }
}

type Settled = { readonly value: Plain } | { readonly error: unknown };
