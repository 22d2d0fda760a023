import { createHash } from 'node:crypto';
import { epochSec, type Instant, plusSeconds } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { itemsOf } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';

const items = itemsOf('notifications');

/** An address that does not exist may come to exist; whoever called a letter spam has said so. */
const KEPT_SEC = { bounced: 30 * 86_400, complained: 5 * 365 * 86_400 } as const;
export type StoppedReason = keyof typeof KEPT_SEC;

export interface StoppedAddress {
  readonly reason: StoppedReason;
  readonly until: Instant;
}

/** By its hash: the list of addresses that letters bounced from is nobody's to read. Case makes no difference. */
const keyOf = (email: string) => ({
  pk: `ADDRESS#${createHash('sha256').update(email.toLowerCase()).digest('hex')}`,
  sk: 'ADDRESS',
});

/** Why no letter goes to this address at this moment; undefined when nothing is against it. */
export const findStopped = async (
  rt: Runtime,
  email: string,
  at: Instant,
): Promise<StoppedAddress | undefined> => {
  const item = await items.find(rt, keyOf(email));
  const stopped = item as unknown as StoppedAddress | undefined;
  return stopped && stopped.until > at ? { reason: stopped.reason, until: stopped.until } : undefined;
};

export const stopAddressWrite = (
  rt: Runtime,
  { email, reason, at }: { email: string; reason: StoppedReason; at: Instant },
): Write => {
  const until = plusSeconds(at, KEPT_SEC[reason]);
  return items.put(rt, { ...keyOf(email), reason, until, expiresAtSec: epochSec(until) });
};
