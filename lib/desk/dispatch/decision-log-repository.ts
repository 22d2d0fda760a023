import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { epochMs, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { deskTable, type Item, padded } from '../core/table.ts';
import { type Decision, decisions } from './decision-repository.ts';

/** `p`: the dispatcher's numbered decisions; `x`: manual ones, in order of time. */
export type DecisionKind = 'p' | 'x';

const WITHOUT_PLAN = [
  'pk',
  'sk',
  'shapeVersion',
  'at',
  'rule',
  'executorId',
  'tickets',
  'limitsVersion',
  'overCap',
  'actorId',
  'lastNumber',
  'planId',
];

const projection = {
  ProjectionExpression: WITHOUT_PLAN.map((_, index) => `#a${index}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(WITHOUT_PLAN.map((name, index) => [`#a${index}`, name])),
};

export interface LogQuery {
  readonly deskId: string;
  readonly kind: DecisionKind;
  readonly limit: number;
  /** Inclusive bounds, without the kind. */
  readonly from?: string;
  readonly to?: string;
  readonly ascending?: boolean;
  readonly after?: Record<string, unknown> | undefined;
  /** For what is shown and decides nothing. */
  readonly lagging?: boolean;
}

export interface LogPage {
  readonly decisions: readonly Decision[];
  readonly next?: Record<string, unknown>;
}

const readLog = async (
  rt: Runtime,
  query: LogQuery,
): Promise<{ readonly items: readonly Item[]; readonly next?: Record<string, unknown> }> => {
  const { deskId, kind, from = '', to = '~' } = query;
  const answer = await rt.dynamo.send(
    new QueryCommand({
      TableName: deskTable(rt),
      ...projection,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': `DECISIONS#${deskId}`,
        ':from': `${kind}${from}`,
        ':to': `${kind}${to}`,
      },
      ConsistentRead: !query.lagging,
      Limit: query.limit,
      ScanIndexForward: query.ascending ?? false,
      ...(query.after && { ExclusiveStartKey: query.after }),
    }),
  );
  return {
    items: (answer.Items ?? []) as Item[],
    ...(answer.LastEvaluatedKey && { next: answer.LastEvaluatedKey }),
  };
};

/**
 * Decisions without what they were made from: for lists and sums, which need not unpack it. Read consistently unless they may lag;
 * those that cannot be read are left out.
 */
export const listDecisionLog = async (rt: Runtime, query: LogQuery): Promise<LogPage> => {
  const { items, ...rest } = await readLog(rt, query);
  return { ...rest, decisions: decisions.readable(rt, items).items };
};

/** The dispatcher's last decisions as they lately were, newest first, until they hold so many assignments or there are no more. */
export const listLastPlanned = async (
  rt: Runtime,
  deskId: string,
  assignments: number,
): Promise<Decision[]> => {
  const found: Decision[] = [];
  let count = 0;
  let after: Record<string, unknown> | undefined;
  do {
    const page = await listDecisionLog(rt, {
      deskId,
      kind: 'p',
      limit: assignments - count,
      after,
      lagging: true,
    });
    found.push(...page.decisions);
    count = found.reduce((sum, decision) => sum + decision.tickets.length, 0);
    after = page.next;
  } while (after && count < assignments);
  return found;
};

/** The first number decided at or after an instant; numbers rise with time, so halving finds it. */
const firstNumberFrom = async (rt: Runtime, deskId: string, at: Instant): Promise<number> => {
  const numberFrom = async (from: number, query: Partial<LogQuery> = {}) => {
    const page = await listDecisionLog(rt, {
      deskId,
      kind: 'p',
      limit: 1,
      ascending: true,
      from: padded(from),
      ...query,
    });
    return page.decisions[0];
  };
  const newest = await numberFrom(0, { ascending: false });
  let low = 0;
  let high = newest?.lastNumber ?? 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    const decision = await numberFrom(middle);
    if (decision && decision.at < at) low = Number(decision.id.slice(1)) + 1;
    else high = middle;
  }
  return low;
};

const DIGITS_OF_TIME = 12;

/** The ids of manual decisions are UUIDv7: they begin with the time in milliseconds. */
const idPrefix = (at: Instant): string => {
  const hex = epochMs(at).toString(16).padStart(DIGITS_OF_TIME, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
};

const PAGE = 1000;

/** Decisions made between two instants, both included, in order of the key; `more` when there were too many. Throws `stored-shape-unknown`. */
export const listDecisionsBetween = async (
  rt: Runtime,
  deskId: string,
  span: { kind: DecisionKind; from: Instant; to: Instant; atMost: number },
): Promise<{ decisions: Decision[]; more: boolean }> => {
  const { kind, from, to, atMost } = span;
  const bounds =
    kind === 'p'
      ? { from: padded(await firstNumberFrom(rt, deskId, from)) }
      : { from: idPrefix(from), to: `${idPrefix(to)}~` };
  const found: Decision[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await readLog(rt, { deskId, kind, limit: PAGE, ascending: true, ...bounds, after });
    const read = decisions.parseAll(rt, page.items);
    found.push(...read.filter((each) => each.at >= from && each.at <= to));
    const past = (read.at(-1)?.at ?? '') > to;
    after = past ? undefined : page.next;
  } while (after && found.length <= atMost);
  return { decisions: found.slice(0, atMost), more: found.length > atMost };
};
