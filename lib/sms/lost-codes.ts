import { count } from '../platform/metrics.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Change } from '../platform/storage/change.ts';
import { statusChanged } from './events.ts';
import type { Sms } from './model.ts';

/** Somebody cannot sign in: no provider in use, all refused, or too late. Counted after the commit that settled it. */
export const countLostCode = (
  rt: Runtime,
  { id: smsId, category }: Pick<Sms, 'id' | 'category'>,
  why: 'denied' | 'no-provider' | 'refused' | 'expired',
): void => {
  if (category === 'otp') count(rt, 'CodesNotSent', { smsId, why });
};

/** Whether a change gives a message up after every provider refused it. */
export const givesUp = ({ events }: Change): boolean =>
  events.some((event) => statusChanged.is(event) && event.data.state === 'rejected');
