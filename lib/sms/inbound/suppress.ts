import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import {
  EVERYBODY,
  findSuppression,
  listSuppressions,
  suppressionRemoval,
  suppressionWrite,
} from '../core/recipient-repository.ts';
import type { Suppression } from '../core/registry-model.ts';
import { stoppedBy } from '../core/stop-words.ts';
import type { Sms, SmsCategory } from '../model.ts';

interface Stop {
  readonly phone: string;
  readonly entityId: string;
  readonly categories: readonly SmsCategory[];
  readonly source: 'stop' | 'provider';
  readonly reason: string;
  readonly by: string;
}

/** Adds to what is suppressed already; no write when nothing is new. */
export const suppressWrites = async (rt: Runtime, stop: Stop): Promise<Write[]> => {
  const { phone, entityId, source, reason, by } = stop;
  const before = await findSuppression(rt, phone, entityId);
  const known = before?.categories ?? [];
  const added = stop.categories.filter((category) => !known.includes(category));
  if (added.length === 0) return [];
  const at = instant(rt.clock.nowMs());
  const fresh: Suppression = { phone, entityId, categories: [], reason, source, at, by };
  const stopped = [...(before?.stopped ?? []), ...added];
  return [suppressionWrite(rt, { ...(before ?? fresh), categories: [...known, ...added], stopped })];
};

/** What a manager or a file suppressed stays; what the phone's own stop, or the provider's stop-list, put there goes. */
const unstopped = (rt: Runtime, suppression: Suppression): Write[] => {
  const { phone, entityId, stopped = [] } = suppression;
  if (stopped.length === 0) return [];
  const categories = suppression.categories.filter((category) => !stopped.includes(category));
  return categories.length === 0
    ? [suppressionRemoval(rt, phone, entityId)]
    : [suppressionWrite(rt, { ...suppression, categories, stopped: [] })];
};

/** A start undoes every stop of this phone (R-SMS-10). */
export const unstopWrites = async (rt: Runtime, phone: string): Promise<Write[]> => {
  const { items } = await listSuppressions(rt, { entityId: EVERYBODY, phone }, { limit: 100 });
  return items.flatMap((suppression) => unstopped(rt, suppression));
};

/** A provider's stop-list has refused a message: nobody else is tried, and the phone is suppressed for everybody (R-SMS-10). */
export const suppressByProvider = (
  rt: Runtime,
  { phone, category }: Pick<Sms, 'phone' | 'category'>,
  providerId: string,
): Promise<Write[]> =>
  suppressWrites(rt, {
    phone,
    entityId: EVERYBODY,
    categories: stoppedBy(category),
    source: 'provider',
    reason: "on the provider's stop-list",
    by: providerId,
  });
