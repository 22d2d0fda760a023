import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { readMessage } from '../events/read-message.ts';
import { asLambda, type InvocationContext, invocation, type LambdaHandler } from '../invocation.ts';
import type { Runtime } from '../runtime.ts';
import { classifyFailure } from './classify-failure.ts';
import { sendRejected } from './rejected.ts';

export interface QueueDeclaration<S extends z.ZodType = z.ZodType> {
  /** Schema of the message body, which is JSON. */
  readonly body: S;
}

export interface QueueInput<S extends z.ZodType> {
  readonly rt: Runtime;
  readonly message: z.output<S>;
  readonly record: SQSRecord;
  /** Does the work once for all records of the batch that name the same key, and gives each of them its outcome. */
  readonly once: (key: string, work: () => Promise<void>) => Promise<void>;
  /** Whether other records came with it. */
  readonly amongOthers: boolean;
}

type Outcome = { kind: 'done' } | { kind: 'rejected'; code: string } | { kind: 'retry'; error: unknown };
type Work = (record: SQSRecord) => Promise<Outcome>;

/** Permanent failures leave for the rejected queue with their reason; everything else SQS delivers again. */
const settle = async (rt: Runtime, record: SQSRecord, work: () => Promise<void>): Promise<Outcome> => {
  try {
    await work();
    return { kind: 'done' };
  } catch (error) {
    const verdict = classifyFailure(error);
    if (verdict.kind === 'retry') return { kind: 'retry', error };
    try {
      await sendRejected(rt, record, verdict.reason);
      return { kind: 'rejected', code: verdict.reason.code };
    } catch (sendError) {
      return { kind: 'retry', error: sendError };
    }
  }
};

const groupsOf = (records: readonly SQSRecord[]): SQSRecord[][] => {
  const groups = new Map<string, SQSRecord[]>();
  for (const record of records) {
    const group = record.attributes.MessageGroupId ?? record.messageId;
    groups.set(group, [...(groups.get(group) ?? []), record]);
  }
  return [...groups.values()];
};

/** In order; after a failure the rest of the group goes back too, or it would overtake. */
const runInOrder = async (group: readonly SQSRecord[], work: Work): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const record of group) {
    const last = outcomes.at(-1);
    outcomes.push(
      last?.kind === 'retry' ? { kind: 'retry', error: 'behind a failure of its group' } : await work(record),
    );
  }
  return outcomes;
};

const isFifo = (record: SQSRecord): boolean => record.eventSourceARN.endsWith('.fifo');

/** Records of a standard queue run side by side, those of a FIFO queue in order within their group. */
const runBatch = async (records: readonly SQSRecord[], work: Work) => {
  const groups = records.every(isFifo) ? groupsOf(records) : records.map((record) => [record]);
  const settled = await Promise.all(groups.map((group) => runInOrder(group, work)));
  return settled.flatMap((outcomes, g) =>
    outcomes.map((outcome, i) => ({ outcome, messageId: groups[g]?.[i]?.messageId ?? '' })),
  );
};

type Settled = Awaited<ReturnType<typeof runBatch>>;

/** One line for the whole batch: lines cost more than the work they tell of. */
const logBatch = (rt: Runtime, settled: Settled, startedAtMs: number): void => {
  const failures = settled.filter(({ outcome }) => outcome.kind !== 'done');
  const errors = settled.flatMap(({ outcome }) => (outcome.kind === 'retry' ? [outcome.error] : []));
  const fields = {
    records: settled.length,
    failed: errors.length,
    rejected: failures.length - errors.length,
    ...(failures.length > 0 && {
      failures: failures.map(({ messageId, outcome }) => ({ messageId, ...describe(outcome) })),
      error: errors[0],
    }),
    tookMs: rt.clock.nowMs() - startedAtMs,
  };
  if (failures.length > 0) rt.log.warn('batch', fields);
  else rt.log.info('batch', fields);
};

const describe = (outcome: Outcome): object => {
  if (outcome.kind !== 'retry') return outcome;
  return {
    kind: 'retry',
    error: outcome.error instanceof Error ? outcome.error.message : String(outcome.error),
  };
};

/** The world of a record goes on under the correlation id that its event brought. */
const traced = (rt: Runtime, message: unknown): Runtime => {
  const { correlationId } = (message ?? {}) as { correlationId?: unknown };
  if (typeof correlationId !== 'string') return rt;
  return { ...rt, correlationId, log: rt.log.with({ correlationId }) };
};

/**
 * A Lambda that consumes one SQS queue, each record apart, with partial batch responses. Why the loop is ours:
 * docs/adr/009-three-wrappers.md.
 */
export const onQueue = <S extends z.ZodType>(
  declaration: QueueDeclaration<S>,
  run: (input: QueueInput<S>) => Promise<void>,
): LambdaHandler<SQSEvent, SQSBatchResponse> =>
  asLambda(
    middy(async (event: SQSEvent, context: InvocationContext): Promise<SQSBatchResponse> => {
      const { rt, startedAtMs } = context.invocation;
      const begun = new Map<string, Promise<void>>();
      const once = (key: string, work: () => Promise<void>): Promise<void> => {
        const running = begun.get(key) ?? work();
        begun.set(key, running);
        return running;
      };
      const settled = await runBatch(event.Records, (record) =>
        settle(rt, record, async () => {
          const message = readMessage(declaration.body, record);
          const amongOthers = event.Records.length > 1;
          await run({ rt: traced(rt, message), message, record, once, amongOthers });
        }),
      );
      logBatch(rt, settled, startedAtMs);
      const failed = settled.filter(({ outcome }) => outcome.kind === 'retry');
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    }).use(invocation()),
  );
