import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Sms, SmsCategory } from '../model.ts';
import type { Suppression } from '../registry/model.ts';
import { EVERYBODY, findSuppression, suppressionWrite } from '../repository/recipients.ts';
import { stoppedBy } from './stop-rules.ts';

interface Stop {
  readonly phone: string;
  readonly categories: readonly SmsCategory[];
  readonly source: 'stop' | 'provider';
  readonly reason: string;
  readonly by: string;
}

/** Adds to what is suppressed already; no write when nothing is new. It holds for every entity: who was stopped is not said. */
export const suppressWrites = async (rt: Runtime, stop: Stop): Promise<Write[]> => {
  const { phone, source, reason, by } = stop;
  const before = await findSuppression(rt, phone, EVERYBODY);
  const known = before?.categories ?? [];
  const added = stop.categories.filter((category) => !known.includes(category));
  if (added.length === 0) return [];
  const at = instant(rt.clock.nowMs());
  const fresh: Suppression = { phone, entityId: EVERYBODY, categories: [], reason, source, at, by };
  return [suppressionWrite(rt, { ...(before ?? fresh), categories: [...known, ...added] })];
};

/** A provider's stop-list has refused a message: nobody else is tried, and the phone is suppressed (R-SMS-10). */
export const suppressByProvider = (
  rt: Runtime,
  { phone, category }: Pick<Sms, 'phone' | 'category'>,
  providerId: string,
): Promise<Write[]> =>
  suppressWrites(rt, {
    phone,
    categories: stoppedBy(category),
    source: 'provider',
    reason: "on the provider's stop-list",
    by: providerId,
  });
