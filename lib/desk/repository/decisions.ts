import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Due, withoutDue } from '../../platform/timers/due-item.ts';
import type { PlanInput } from '../dispatch/plan-assignments.ts';
import { findItem, findItems, type Item, type Page, padded, put, putNew, queryPage } from './table.ts';

/** Executors the plan was not given, by list of the roster. `more`: at least that many. */
export type Others = Readonly<Record<string, { readonly count: number; readonly more: boolean }>>;

/** What one plan saw. */
export interface PlanRecord {
  readonly input: PlanInput;
  readonly others: Others;
}

export type DecisionRule = 'plan' | 'manual' | 'transfer' | 'reassign';

/** One transaction's decision: tickets given to one executor. */
export interface Decision {
  readonly id: string;
  readonly deskId: string;
  readonly rule: DecisionRule;
  readonly executorId: string;
  /** `number` is the place in the desk's decision sequence; a person's decisions have none. */
  readonly tickets: readonly { readonly ticketId: string; readonly number?: number }[];
  readonly at: string;
  readonly limitsVersion: number;
  readonly overCap?: boolean;
  readonly actorId?: string;
  /** Last number the whole plan used: the next plan goes on from there. */
  readonly lastNumber?: number;
  /** Where the plan's record is, when it does not stand here. */
  readonly planId?: string;
}

const partition = (deskId: string): string => `DECISIONS#${deskId}`;
const PLANNED = 'p';

export const plannedId = (firstNumber: number): string => `${PLANNED}${padded(firstNumber)}`;
export const planId = (firstNumber: number): string => `n${padded(firstNumber)}`;

/**
 * What every record begins with and repeats: with it in common, a small plan's record fits into the one kilobyte a write
 * unit holds. Once released it may never change: records are kept for as long as their tickets. A better one would be
 * another version.
 */
export const recordDictionary = Buffer.from(
  '"others":{"ordinary":{"full":{"draining":{"suspect":{"away":{"offline":{"count":100,"more":true},"more":false}}' +
    '"passedOver":{"usr_019"line":"orphaned","urgent":true"line":"urgent","presence":"online","lastBeatAt":"2026-' +
    '{"input":{"at":"2026-11-23T08:00:00.000Z","firstNumber":1,"dealAtMost":1,"dealAtMost":40,"limits":{"version":0,' +
    '"maxTicketsPerExecutor":5,"maxUrgentTicketsPerExecutor":2,"staleAfterMs":30000},"tickets":[{"ticketId":"tkt_019",' +
    '"line":"new","urgent":false,"orderedAt":"2026-","passedOver":{}}],"executors":[{"executorId":"usr_019","rank":0,' +
    '"presence":"online","lastBeatAt":"2026-","open":0,"openUrgent":0},{"executorId":"usr_019',
);

/** First byte of what is packed: with another dictionary comes another number, and this one stays readable. */
const PACKED_VERSION = 1;

/** A record's bytes in its item: the version, then the JSON, deflated with the dictionary. */
export const packedRecord = (record: PlanRecord): Uint8Array =>
  Buffer.concat([
    Buffer.of(PACKED_VERSION),
    deflateRawSync(JSON.stringify(record), { dictionary: recordDictionary }),
  ]);

/** A record as it was, from its bytes in the item. Throws on bytes of a version this code does not know. */
export const unpackedRecord = (bytes: Uint8Array): PlanRecord => {
  if (bytes[0] !== PACKED_VERSION) {
    throw new Error(`the record of a decision is packed in version ${bytes[0]}, which is unknown here`);
  }
  return JSON.parse(
    inflateRawSync(bytes.subarray(1), { dictionary: recordDictionary }).toString(),
  ) as PlanRecord;
};

const toItem = (
  decision: Decision,
  extra: { due?: Due | undefined; record?: PlanRecord | undefined },
): Item => {
  const { id, deskId, ...rest } = decision;
  return {
    pk: partition(deskId),
    sk: id,
    ...rest,
    ...(extra.record && { plan: packedRecord(extra.record) }),
    ...extra.due,
  };
};

const fromItem = (item: Item): Decision => {
  const { pk, sk, plan, ...rest } = withoutDue(item);
  return { ...(rest as unknown as Decision), id: sk, deskId: pk.slice('DECISIONS#'.length) };
};

/** A decision is written once. It carries the acceptance deadline, and the plan's record when the plan is its own. */
export const decisionWrite = (
  rt: Runtime,
  decision: Decision,
  extra: { due?: Due | undefined; record?: PlanRecord | undefined } = {},
): Write => putNew(rt, toItem(decision, extra));

/** A plan of several transactions keeps its record once, before them. A plan made again after a crash may replace it. */
export const planWrite = (rt: Runtime, plan: { deskId: string; id: string; record: PlanRecord }): Write =>
  put(rt, { pk: partition(plan.deskId), sk: plan.id, plan: packedRecord(plan.record) });

export interface DecisionWithPlan {
  readonly decision: Decision;
  readonly record?: PlanRecord;
}

/** A decision and what it was made from; a person's decision was made from nothing we hold. */
export const findDecision = async (
  rt: Runtime,
  deskId: string,
  id: string,
): Promise<DecisionWithPlan | undefined> => {
  const item = await findItem(rt, { pk: partition(deskId), sk: id });
  if (!item) return undefined;
  const decision = fromItem(item);
  const holder = item.plan
    ? item
    : decision.planId && (await findItem(rt, { pk: partition(deskId), sk: decision.planId }));
  return { decision, ...(holder && { record: unpackedRecord(holder.plan as Uint8Array) }) };
};

/** The dispatcher's decisions, newest first. */
export const listPlanned = async (
  rt: Runtime,
  deskId: string,
  { limit, after }: { limit: number; after?: Record<string, unknown> | undefined },
): Promise<Page<DecisionWithPlan>> => {
  const page = await queryPage(rt, {
    pk: partition(deskId),
    beginsWith: PLANNED,
    limit,
    descending: true,
    ...(after && { after }),
  });
  return {
    ...page,
    items: page.items.map((item) => ({
      decision: fromItem(item),
      ...(item.plan !== undefined && { record: unpackedRecord(item.plan as Uint8Array) }),
    })),
  };
};

/** What several decisions were made from, by the ids that `planOf` gives. A decision without a record is left out. */
export const listPlans = async (
  rt: Runtime,
  deskId: string,
  ids: readonly string[],
): Promise<Map<string, PlanRecord>> => {
  const items = await findItems(
    rt,
    ids.map((id) => ({ pk: partition(deskId), sk: id })),
  );
  return new Map(
    items.flatMap((item) => (item.plan ? [[item.sk, unpackedRecord(item.plan as Uint8Array)] as const] : [])),
  );
};

/** Where the record of a decision's plan stands: on its own item unless several transactions share it. */
export const planOf = ({ id, planId: shared }: Decision): string => shared ?? id;

/** Last number of the desk's sequence, found in the decisions themselves: what a crashed dispatcher left. */
export const lastNumber = async (rt: Runtime, deskId: string): Promise<number> => {
  const { items } = await listPlanned(rt, deskId, { limit: 1 });
  return items[0]?.decision.lastNumber ?? 0;
};
