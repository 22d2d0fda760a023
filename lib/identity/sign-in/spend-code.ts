import { epochMs, type Instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { CodeLimits } from '../settings/catalogue.ts';
import type { CodeWorld } from './code-repository.ts';
import { budgetOf, nextUtcDay } from './sign-in-code.ts';
import { decideBreaker, prefixOf } from './traffic.ts';
import {
  addressFullUntil,
  countAddress,
  countDialCode,
  countPrefix,
  dialCodeKey,
  openBreaker,
  prefixKey,
  spendBudget,
  toTraffic,
} from './traffic-repository.ts';

/**
 * Why a code was not sent, and what counts it (functions.yml). A cap of many numbers that is reached keeps whole groups of
 * people out, and raises an alarm at once; a refusal of one requester does when there are many. `of` in the log says which it was.
 */
const METRICS = {
  phone: 'CodesRefused',
  device: 'CodesRefused',
  address: 'CodesRefused',
  breaker: 'CodesRefused',
  prefix: 'CodesStopped',
  budget: 'CodesStopped',
} as const;

interface Refusal {
  readonly of: keyof typeof METRICS;
  readonly retryAt: Instant;
  readonly now: Instant;
}

/** 429 `too-many-codes`, counted. The answer does not say which cap it was. */
export const tooMany = (rt: Runtime, { of, retryAt, now }: Refusal): AppError => {
  count(rt, METRICS[of], { of });
  return new AppError('limited', 'too-many-codes', 'Too many codes were requested. Try again later.', {
    retryAfterSec: Math.max(1, Math.ceil((epochMs(retryAt) - epochMs(now)) / 1000)),
  });
};

interface Spending {
  readonly phone: string;
  readonly dialCode: string;
  readonly address: string;
  readonly world: CodeWorld;
  readonly limits: CodeLimits;
  readonly now: Instant;
}

/** The breakers of a phone's prefix and of its dial code. Opens one that is due. Throws `too-many-codes`. */
const passBreakers = async (
  rt: Runtime,
  { phone, dialCode, world, limits, now }: Spending,
): Promise<void> => {
  const { counts } = world;
  const { breakerMinCodesPerPrefix, breakerMinCodesPerDialCode } = limits;
  const breakers = [
    { key: prefixKey(phone), item: counts.prefix, minCodes: breakerMinCodesPerPrefix, of: prefixOf(phone) },
    {
      key: dialCodeKey(dialCode),
      item: counts.dialCode,
      minCodes: breakerMinCodesPerDialCode,
      of: `+${dialCode}`,
    },
  ];
  for (const { key, item, minCodes, of } of breakers) {
    const decision = decideBreaker(toTraffic(item), { limits, minCodes, now });
    if (decision.kind === 'closed') continue;
    const { until } = decision;
    if (decision.kind === 'opens' && (await openBreaker(rt, key, { until, now }))) {
      const { sent, entered } = decision;
      count(rt, 'CodesStopped', { of: 'breaker', numbers: of, sent, entered, until });
    }
    throw tooMany(rt, { of: 'breaker', retryAt: until, now });
  }
};

/** What follows from one read, before anything is written. Throws `too-many-codes`. */
export const refusedFor = async (rt: Runtime, spending: Spending): Promise<void> => {
  const { world, limits, now } = spending;
  const retryAt = addressFullUntil(limits.codesPerAddressHour, world.counts.address, now);
  if (retryAt) throw tooMany(rt, { of: 'address', retryAt, now });
  await passBreakers(rt, spending);
};

export interface Counted {
  readonly giveBack: () => Promise<void>;
}

/**
 * Counts a code on its address and, when one is sent, on its prefix and dial code; all of them or none. Each is a count that
 * any number of requests may add to at once, so that nobody waits for a version. Throws `too-many-codes`.
 */
export const countCode = async (
  rt: Runtime,
  spending: Omit<Spending, 'dialCode'> & ({ kind: 'joined' } | { kind: 'sent'; dialCode: string }),
): Promise<Counted> => {
  const { phone, address, world, limits, now } = spending;
  const { counts, settings } = world;
  const taken: Counted[] = [];
  const giveBack = async (): Promise<void> => {
    await Promise.all(taken.map((each) => each.giveBack()));
  };
  const refuse = async (of: Refusal['of'], retryAt: Instant): Promise<never> => {
    await giveBack();
    throw tooMany(rt, { of, retryAt, now });
  };
  const onAddress = await countAddress(rt, address, limits.codesPerAddressHour, {
    seen: counts.address,
    now,
  });
  if (onAddress.kind === 'full') return refuse('address', onAddress.retryAt);
  taken.push(onAddress);
  if (spending.kind === 'joined') return { giveBack };
  const onPrefix = await countPrefix(rt, phone, limits.codesPerPrefixHour, { seen: counts.prefix, now });
  if (onPrefix.kind === 'full') return refuse('prefix', onPrefix.retryAt);
  taken.push(onPrefix);
  const { dialCode } = spending;
  const spent = await spendBudget(rt, { dialCode, budget: budgetOf(settings, dialCode), now });
  if (!spent) return refuse('budget', nextUtcDay(now));
  taken.push(spent);
  const onDialCode = await countDialCode(rt, dialCode, { seen: counts.dialCode, now });
  if (onDialCode.kind === 'counted') taken.push(onDialCode);
  return { giveBack };
};
