import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { StatusChange } from '../events.ts';
import type { SmsState } from '../model.ts';

/** `read` follows `delivered`, and whoever cancelled wanted no more. */
const COUNTED: Readonly<Partial<Record<SmsState, string>>> = {
  delivered: 'SmsDelivered',
  denied: 'SmsRefused',
  rejected: 'SmsRefused',
  failed: 'SmsRefused',
  expired: 'SmsRefused',
};

/** A message has another state. A fact that comes twice, which is seldom, is counted twice. */
export const countStatus = async (rt: Runtime, { state }: StatusChange): Promise<void> => {
  const metric = COUNTED[state];
  if (metric) count(rt, metric, { state });
};
