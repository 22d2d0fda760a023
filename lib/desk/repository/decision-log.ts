import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../platform/runtime.ts';
import type { Decision } from './decisions.ts';
import { deskTable } from './table.ts';

/** `p`: the dispatcher's numbered decisions; `x`: those of people, in order of time. */
export type DecisionKind = 'p' | 'x';

const WITHOUT_PLAN = [
  'sk',
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
}

export interface LogPage {
  readonly decisions: readonly Decision[];
  readonly next?: Record<string, unknown>;
}

/** Decisions without what they were made from: for lists and sums, which need not unpack it. Read consistently. */
export const listDecisionLog = async (rt: Runtime, query: LogQuery): Promise<LogPage> => {
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
      ConsistentRead: true,
      Limit: query.limit,
      ScanIndexForward: query.ascending ?? false,
      ...(query.after && { ExclusiveStartKey: query.after }),
    }),
  );
  const decisions = (answer.Items ?? []).map(({ sk, ...rest }) => ({ ...rest, id: sk, deskId }) as Decision);
  return { decisions, ...(answer.LastEvaluatedKey && { next: answer.LastEvaluatedKey }) };
};

/** The dispatcher's last decisions, newest first, until they hold so many assignments or there are no more. */
export const listLastPlanned = async (
  rt: Runtime,
  deskId: string,
  assignments: number,
): Promise<Decision[]> => {
  const found: Decision[] = [];
  let count = 0;
  let after: Record<string, unknown> | undefined;
  do {
    const page = await listDecisionLog(rt, { deskId, kind: 'p', limit: assignments - count, after });
    found.push(...page.decisions);
    count = found.reduce((sum, decision) => sum + decision.tickets.length, 0);
    after = page.next;
  } while (after && count < assignments);
  return found;
};
