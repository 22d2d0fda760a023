import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { smsTable } from '../core/table.ts';

const DAY_SEC = 24 * 3600;
/** Longer than any month has left, and two days for what is late. */
const KEPT_SEC = 33 * DAY_SEC;

/** What a key may register; costs are in minor units of one currency, that of `costMinor`. */
export interface BudgetLimits {
  readonly messagesPerDay: number;
  readonly costPerDayMinor?: number | undefined;
  readonly costPerMonthMinor?: number | undefined;
}

export type BudgetName = keyof BudgetLimits;

interface Spending {
  readonly keyId: string;
  readonly at: Instant;
  readonly costMinor: number;
  readonly limits: BudgetLimits;
}

/** Counters of a key's month (UTC): the messages and the cost of each day, and the cost of the month. */
const countersOf = (at: Instant): Record<BudgetName, string> => {
  const day = at.slice(8, 10);
  return { messagesPerDay: `messages${day}`, costPerDayMinor: `cost${day}`, costPerMonthMinor: 'cost' };
};

const BUDGETS = ['messagesPerDay', 'costPerDayMinor', 'costPerMonthMinor'] as const;

const amountOf = (name: BudgetName, costMinor: number): number => (name === 'messagesPerDay' ? 1 : costMinor);

/**
 * Takes a message and its cost from a key's day and month (UTC), all or nothing; gives the budget that has no room, none when it is
 * taken. One conditional update of one item, so that no number of requests at once passes a limit. Beside any transaction, since
 * all messages of a key meet here: one that is not registered after all has taken its part all the same.
 */
export const spendFromBudget = async (
  rt: Runtime,
  { keyId, at, costMinor, limits }: Spending,
): Promise<BudgetName | undefined> => {
  const counters = countersOf(at);
  const bound = BUDGETS.filter((name) => limits[name] !== undefined);
  const roomOf = (name: BudgetName): number => (limits[name] ?? 0) - amountOf(name, costMinor);
  const full = bound.find((name) => roomOf(name) < 0);
  if (full) return full;
  const update = new UpdateCommand({
    TableName: smsTable(rt),
    Key: { pk: `KEYBUDGET#${keyId}`, sk: at.slice(0, 7) },
    UpdateExpression: `ADD ${BUDGETS.map((name) => `#${name} :${name}`).join(', ')} SET expiresAtSec = :end`,
    ConditionExpression: bound
      .map((name) => `(attribute_not_exists(#${name}) OR #${name} <= :${name}Room)`)
      .join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(BUDGETS.map((name) => [`#${name}`, counters[name]])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(BUDGETS.map((name) => [`:${name}`, amountOf(name, costMinor)])),
      ...Object.fromEntries(bound.map((name) => [`:${name}Room`, roomOf(name)])),
      ':end': epochSec(at) + KEPT_SEC,
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    await rt.dynamo.send(update);
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const spent = (name: BudgetName): number => Number(error.Item?.[counters[name]]?.N ?? 0);
    return bound.find((name) => spent(name) > roomOf(name)) ?? 'messagesPerDay';
  }
};
