import type { CostBudget, KeyBinding } from '../../platform/caller.ts';
import { epochSec, type Instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { count } from '../../platform/metrics.ts';
import type { Money } from '../../platform/money.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { type BudgetLimits, type BudgetName, spendFromBudget } from './key-budget-repository.ts';

interface Spent {
  readonly code: string;
  readonly message: string;
  /** When there is room again. */
  next(at: Instant): number;
}

const DAY_SEC = 24 * 3600;

const nextDay = (at: Instant): number => epochSec(at) + DAY_SEC - (epochSec(at) % DAY_SEC);

const nextMonth = (at: Instant): number => {
  const [year, month] = [Number(at.slice(0, 4)), Number(at.slice(5, 7))];
  return Date.UTC(year, month, 1) / 1000;
};

const spentBudgets: Readonly<Record<BudgetName, Spent>> = {
  messagesPerDay: {
    code: 'daily-budget',
    message: 'This key has registered all its messages of today.',
    next: nextDay,
  },
  costPerDayMinor: {
    code: 'daily-cost-budget',
    message: 'This message would cost more than this key has left of today.',
    next: nextDay,
  },
  costPerMonthMinor: {
    code: 'monthly-cost-budget',
    message: 'This message would cost more than this key has left of this month.',
    next: nextMonth,
  },
};

const wrong = (code: string, message: string): AppError => new AppError('unprocessable', code, message);

/** In minor units of the budget's currency. */
const costWithin = (budget: CostBudget, price: Money | undefined): number => {
  const {
    currency,
    perDayMinor = Number.POSITIVE_INFINITY,
    perMonthMinor = Number.POSITIVE_INFINITY,
  } = budget;
  if (!price) throw wrong('cost-unknown', 'No list of prices says what it costs, and this key has a budget.');
  if (price.currency !== currency) {
    throw wrong(
      'cost-in-other-currency',
      `It costs ${price.currency}, and this key has a budget in ${currency}.`,
    );
  }
  if (price.amountMinor > Math.min(perDayMinor, perMonthMinor)) {
    throw wrong('cost-above-budget', 'It costs more than this key may spend at all.');
  }
  return price.amountMinor;
};

/**
 * What a message costs a key with a budget of money. Throws 422 `cost-unknown`, `cost-in-other-currency`, `cost-above-budget`:
 * what no budget can be evaluated by is not sent on it.
 */
export const costFor = (binding: KeyBinding | undefined, price: Money | undefined): number =>
  binding?.costBudget ? costWithin(binding.costBudget, price) : 0;

interface Spending {
  readonly keyId: string;
  readonly at: Instant;
  readonly price: Money | undefined;
  readonly binding: KeyBinding | undefined;
}

/**
 * Takes a message from what a machine's key may register and spend. Throws those of `costFor`; 429 `daily-budget`, `daily-cost-budget`
 * until the next day of UTC, `monthly-cost-budget` until the next month.
 */
export const spendBudget = async (rt: Runtime, { keyId, at, price, binding }: Spending): Promise<void> => {
  if (!binding) return;
  const { messagesPerDay, costBudget } = binding;
  const limits: BudgetLimits = {
    messagesPerDay,
    costPerDayMinor: costBudget?.perDayMinor,
    costPerMonthMinor: costBudget?.perMonthMinor,
  };
  const full = await spendFromBudget(rt, { keyId, at, costMinor: costFor(binding, price), limits });
  if (!full) return;
  const { code, message, next } = spentBudgets[full];
  count(rt, 'KeyBudgetsSpent', { keyId, code });
  throw new AppError('limited', code, message, { retryAfterSec: next(at) - epochSec(at) });
};
