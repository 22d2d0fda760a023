import type { SQSEvent } from 'aws-lambda';
import { instant } from '../../../lib/platform/clock.ts';
import type { Fetch } from '../../../lib/platform/runtime.ts';
import { doneMessages, sqsEvent } from '../../../localstack/plugin/sqs-event.ts';
import { createFaults, drawRates, type Faults, type FaultTable } from '../faults/fault-plan.ts';
import { createCarry } from './carry.ts';
import { Cloud, type Handler } from './cloud.ts';
import { type Call, Gate } from './gate.ts';
import type { Invocation, Outcome } from './invocation.ts';
import { type ItemChange, Ledger } from './ledger.ts';
import { type QueuedMessage, SimulatedQueue } from './queues.ts';
import { type Random, randomOf } from './random.ts';
import type { Plain, Store } from './store/store.ts';
import { tableVariables } from './tables.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import type { QueuePlan, Topology } from './topology.ts';
import { createTrace, type Trace } from './trace.ts';

/** A deliberate fault in the product, put in from outside: how the checks themselves are checked. */
export interface Tampering {
  /** The request as it goes to the store instead; `drop` answers success and carries nothing out. */
  request?(call: Call): Plain | 'drop';
  /** The answer as the product gets it instead. */
  answer?(call: Call, answer: Plain): Plain;
}

/** A request of somebody on the workload. */
export interface Asked {
  readonly userId: string;
  /** `POST /v1/messages` */
  readonly request: string;
  readonly body: unknown;
  readonly key: string | undefined;
  readonly address: string | undefined;
}

export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  readonly body: any;
  readonly etag: string | undefined;
}

/** Sees everything that happens in a run. */
export interface Watcher {
  /** A request of these changes has been carried out. */
  onCommit?(call: Call, changes: readonly ItemChange[]): void;
  onRead?(call: Call, answer: Plain): void;
  /** Something goes to a queue. */
  onSend?(call: Call): void;
  onLog?(line: string): void;
  /** Somebody's request was answered, whether or not the answer reached them. */
  onAnswer?(asked: Asked, answer: Answered, outcome: Outcome): void;
  /** Another company's report was answered. */
  onReport?(outcome: Outcome, status: number): void;
  /** A handler has ended. */
  onOutcome?(outcome: Outcome, about: { queue?: QueuePlan; failed: boolean }): void;
}

export interface Violation {
  readonly rule: string;
  readonly text: string;
  readonly at: string;
  /** The last of what happened before it. */
  readonly trace: readonly string[];
}

/** One run's world. */
export interface World {
  readonly seed: number;
  readonly stage: string;
  readonly store: Store;
  readonly topology: Topology;
  readonly random: Random;
  readonly timeline: Timeline;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly ledger: Ledger;
  readonly gate: Gate;
  readonly cloud: Cloud;
  readonly queues: ReadonlyMap<string, SimulatedQueue>;
  readonly watchers: Watcher[];
  readonly violations: Violation[];
  report(rule: string, text: string): void;
}

export interface WorldOptions {
  readonly seed: number;
  readonly stage: string;
  readonly store: Store;
  readonly topology: Topology;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly tampering?: Tampering | undefined;
  readonly echo?: ((line: string) => void) | undefined;
  /** The run ends as soon as this rule is broken. */
  readonly untilBroken?: string | undefined;
  /** Only faults that excuse no lateness. */
  readonly prompt?: boolean | undefined;
  /** When the run begins; a Monday morning unless it says otherwise. */
  readonly startMs?: number | undefined;
  /** Kinds of faults that this workload has besides those of AWS. */
  readonly ownFaults?: FaultTable | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Processes remember from one invocation to the next, and what they log is looked at. */
  readonly warm?: boolean | undefined;
  readonly outside?: ((world: World, invocation: Invocation) => Fetch) | undefined;
}

/** A Monday morning. */
const START_MS = Date.UTC(2026, 0, 5, 8);
const REGION = 'eu-central-1';
const MOST_VIOLATIONS = 20;

const environmentOf = ({ stage, topology, env }: WorldOptions): Record<string, string> => ({
  STAGE: 'simulation',
  LOG_LEVEL: 'SILENT',
  ...tableVariables(stage, topology.tables),
  // A queue's address is its name.
  QUEUE_BASE: '',
  ...env,
});

/** A batch as Lambda sees it; a message that is in it twice, as a duplicate may be, has a receipt of its own. */
const eventOf = (plan: QueuePlan, batch: readonly QueuedMessage[]): SQSEvent =>
  sqsEvent(
    batch.map((message) => ({
      MessageId: message.id,
      ReceiptHandle: `${message.id}-${message.order}-${message.receives}`,
      Body: message.body,
      Attributes: {
        ApproximateReceiveCount: String(message.receives),
        SentTimestamp: String(message.sentMs),
        ...(message.group !== undefined && { MessageGroupId: message.group }),
      } as Record<string, string>,
    })),
    { arn: `arn:aws:sqs:${REGION}:000000000000:${plan.name}`, region: REGION },
  );

const failedOf = (batch: readonly QueuedMessage[], outcome: Outcome): ReadonlySet<string> => {
  const ids = batch.map(({ id }) => ({ MessageId: id }));
  const done = outcome.kind === 'answered' ? doneMessages(ids, outcome.value, true) : [];
  const doneIds = new Set(done.map(({ MessageId }) => MessageId));
  return new Set(batch.flatMap(({ id }) => (doneIds.has(id) ? [] : [id])));
};

export const createWorld = (options: WorldOptions): World => {
  const { seed, stage, store, topology, handlers, echo, tampering, outside } = options;
  const random = randomOf(`seed ${seed}`);
  const timeline = createTimeline(options.startMs ?? START_MS);
  const faults = createFaults(drawRates(random.fork('rates'), options));
  const trace = createTrace(timeline.nowMs, echo ? { echo } : {});
  const ledger = new Ledger();
  const watchers: Watcher[] = [];
  const violations: Violation[] = [];
  const queues = new Map<string, SimulatedQueue>();
  const carry = createCarry({ store, tampering, timeline, ledger, queues, watchers, trace });
  const gate = new Gate({ timeline, faults, carry, trace });
  const cloud = new Cloud({
    ...{ timeline, gate, faults, trace, handlers },
    random: random.fork('invocations'),
    env: environmentOf(options),
    warm: options.warm,
    outside: outside && ((invocation) => outside(world, invocation)),
    onLog: options.warm
      ? (line) => {
          for (const watcher of watchers) watcher.onLog?.(line);
        }
      : undefined,
  });
  const consume = async (plan: QueuePlan, batch: readonly QueuedMessage[]) => {
    if (!plan.consumer) throw new Error(`nobody works off ${plan.name}`);
    const about = `<- ${plan.name} ${batch.map(({ id }) => id).join(' ')}`;
    const outcome = await cloud.invoke(plan.consumer, eventOf(plan, batch), about);
    const failed = failedOf(batch, outcome);
    for (const watcher of watchers) watcher.onOutcome?.(outcome, { queue: plan, failed: failed.size > 0 });
    return { failed, outcome };
  };
  for (const plan of topology.queues) {
    const own = random.fork(`queue ${plan.name}`);
    queues.set(plan.name, new SimulatedQueue(plan, { timeline, faults, random: own, consume }));
  }
  const report = (rule: string, text: string): void => {
    trace.say(`VIOLATION ${rule}: ${text}`);
    if (rule === options.untilBroken) timeline.halt();
    if (violations.length >= MOST_VIOLATIONS && rule !== options.untilBroken) return;
    violations.push({ rule, text, at: instant(timeline.nowMs()), trace: trace.tail() });
  };
  const world: World = {
    ...{ seed, stage, store, topology, random, timeline, faults, trace, ledger, gate, cloud, queues },
    ...{ watchers, violations, report },
  };
  return world;
};
