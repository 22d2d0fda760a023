import { count } from '../platform/metrics.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { StatusChange } from './events.ts';
import type { SmsState } from './model.ts';
import { fanOut } from './webhooks/fan-out.ts';

/** `read` follows `delivered`, and whoever cancelled wanted no more. */
const COUNTED: Readonly<Partial<Record<SmsState, string>>> = {
  delivered: 'SmsDelivered',
  denied: 'SmsRefused',
  rejected: 'SmsRefused',
  failed: 'SmsRefused',
  expired: 'SmsRefused',
};

/** A message has another state: webhooks hear it, and it is counted once they will. */
export const hearStatus = async (rt: Runtime, change: StatusChange): Promise<void> => {
  await fanOut(rt, change);
  const metric = COUNTED[change.state];
  if (metric) count(rt, metric, { state: change.state });
};
