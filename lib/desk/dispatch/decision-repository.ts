import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { ItemKey } from '../../platform/storage/items.ts';
import { lazily, type ReadBy, storedBytes, storedInstant } from '../../platform/storage/stored-schema.ts';
import { refused } from '../../platform/storage/stored-shape.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Due } from '../../platform/timers/due-item.ts';
import { type Page, padded, queryPage } from '../core/table.ts';
import { planInputSchema } from './plan-assignments.ts';

/** What one plan saw. */
const planRecordSchema = lazily(() =>
  z.object({
    input: planInputSchema(),
    /** Executors the plan was not given, by list of the roster. `more`: at least that many. */
    others: z.record(z.string(), z.object({ count: z.int(), more: z.boolean() })),
  }),
);
export type PlanRecord = ReadBy<typeof planRecordSchema>;
export type Others = PlanRecord['others'];

export const decisionRules = ['plan', 'manual', 'transfer', 'reassign'] as const;

/** One transaction's decision: tickets given to one executor. */
const decisionSchema = lazily(() =>
  z.object({
    id: z.string(),
    deskId: z.string(),
    rule: z.enum(decisionRules),
    executorId: z.string(),
    /** `number` is the position in the desk's decision sequence; manual decisions have none. */
    tickets: z.array(z.object({ ticketId: z.string(), number: z.int().optional() })),
    at: storedInstant(),
    limitsVersion: z.int(),
    overCap: z.boolean().optional(),
    actorId: z.string().optional(),
    /** Last number the whole plan used: the next plan goes on from there. */
    lastNumber: z.int().optional(),
    /** Where the plan's record is, when it is not part of this item. */
    planId: z.string().optional(),
  }),
);
export type Decision = ReadBy<typeof decisionSchema>;

const PK = 'DECISIONS#';
const partition = (deskId: string): string => PK + deskId;
type DecisionKey = Pick<Decision, 'deskId' | 'id'>;
const key = ({ deskId, id }: DecisionKey) => ({ pk: partition(deskId), sk: id });
const inKey = {
  attributes: ['deskId', 'id'],
  read: ({ pk, sk }: ItemKey) => ({ deskId: pk.slice(PK.length), id: sk }),
};

const storedDecisionSchema = lazily(() =>
  decisionSchema().extend({
    /** Its tickets were not accepted in time. */
    missed: z.boolean().optional(),
    /** The plan's packed record. */
    plan: storedBytes().optional(),
  }),
);
type StoredDecision = ReadBy<typeof storedDecisionSchema>;

export const decisions = defineEntity({
  table: 'desk',
  name: 'desk.decision',
  key,
  schema: storedDecisionSchema,
  inKey,
});

/** The record of a plan that several decisions share. */
export const plans = defineEntity({
  table: 'desk',
  name: 'desk.plan',
  key,
  schema: lazily(() => z.object({ deskId: z.string(), id: z.string(), plan: storedBytes() })),
  inKey,
});

const PLANNED = 'p';

export const plannedId = (firstNumber: number): string => `${PLANNED}${padded(firstNumber)}`;
const SHARED = 'n';
export const planId = (firstNumber: number): string => `${SHARED}${padded(firstNumber)}`;
const isPlanId = (id: string): boolean => id.startsWith(SHARED);

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

/** A record as it was, from its bytes in the item. Throws on bytes of a version this code does not know, and on what is no record. */
export const unpackedRecord = (bytes: Uint8Array): PlanRecord => {
  if (bytes[0] !== PACKED_VERSION) {
    throw new Error(`the record of a decision is packed in version ${bytes[0]}, which is unknown here`);
  }
  const json = inflateRawSync(bytes.subarray(1), { dictionary: recordDictionary }).toString();
  return planRecordSchema().parse(JSON.parse(json));
};

const decisionOf = ({ plan, missed, ...decision }: StoredDecision): Decision => decision;

/** A record that was read with its item. Throws `stored-shape-unknown`. */
const recordIn = (rt: Runtime, which: DecisionKey, plan: Uint8Array): PlanRecord => {
  try {
    return unpackedRecord(plan);
  } catch {
    throw refused(rt, plans, key(which), 'plan (no record)');
  }
};

/** A decision is written once. It carries the acceptance deadline, and the plan's record when the plan is its own. */
export const decisionWrite = (
  rt: Runtime,
  decision: Decision,
  extra: { due?: Due | undefined; record?: PlanRecord | undefined } = {},
): Write =>
  decisions.putNew(rt, { ...decision, ...(extra.record && { plan: packedRecord(extra.record) }) }, extra.due);

/** A plan of several transactions keeps its record once, before them. A plan made again after a crash may replace it. */
export const planWrite = (rt: Runtime, plan: { deskId: string; id: string; record: PlanRecord }): Write =>
  plans.put(rt, { deskId: plan.deskId, id: plan.id, plan: packedRecord(plan.record) });

export interface DecisionWithPlan {
  readonly decision: Decision;
  readonly record?: PlanRecord;
}

/** A decision and what it was made from; a manual decision has no recorded inputs. */
export const findDecision = async (
  rt: Runtime,
  deskId: string,
  id: string,
): Promise<DecisionWithPlan | undefined> => {
  const found = await decisions.find(rt, { deskId, id });
  if (!found) return undefined;
  const { plan, planId: shared } = found;
  const packed = plan ?? (shared && (await plans.find(rt, { deskId, id: shared }))?.plan);
  return { decision: decisionOf(found), ...(packed && { record: recordIn(rt, found, packed) }) };
};

const lastPlanned = (deskId: string, limit: number) => ({
  pk: partition(deskId),
  beginsWith: PLANNED,
  limit,
  descending: true,
});

/** The dispatcher's decisions, newest first. */
export const listPlanned = async (
  rt: Runtime,
  deskId: string,
  { limit, after }: { limit: number; after?: Record<string, unknown> | undefined },
): Promise<Page<DecisionWithPlan>> => {
  const page = await decisions.page(rt, { ...lastPlanned(deskId, limit), ...(after && { after }) });
  const items = page.items.map((found) => ({
    decision: decisionOf(found),
    ...(found.plan && { record: recordIn(rt, found, found.plan) }),
  }));
  return { ...page, items };
};

/** What several decisions were made from, by the ids that `planOf` gives. A decision without a record is left out. */
export const listPlans = async (
  rt: Runtime,
  deskId: string,
  ids: readonly string[],
): Promise<Map<string, PlanRecord>> => {
  const own = ids.filter((id) => !isPlanId(id)).map((id) => ({ deskId, id }));
  const shared = ids.filter(isPlanId).map((id) => ({ deskId, id }));
  const found = await Promise.all([decisions.findAll(rt, own), plans.findAll(rt, shared)]);
  const records = found.flat().flatMap(({ id, plan }) => (plan ? [[id, plan] as const] : []));
  return new Map(records.map(([id, plan]) => [id, recordIn(rt, { deskId, id }, plan)]));
};

/** Where the record of a decision's plan is: on the decision's item unless several transactions share it. */
export const planOf = ({ id, planId: shared }: Decision): string => shared ?? id;

/** Last number of the desk's sequence, found in the decisions themselves: what a crashed dispatcher left. */
export const lastNumber = async (rt: Runtime, deskId: string): Promise<number> => {
  const [last] = (await queryPage(rt, lastPlanned(deskId, 1))).items;
  return last ? (decisions.parse(rt, last).lastNumber ?? 0) : 0;
};
