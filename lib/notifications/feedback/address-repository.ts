import { createHash } from 'node:crypto';
import { epochSec, type Instant, plusSeconds } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type StoppedReason, stoppedAddressSchema } from '../model.ts';

/** An address that does not exist may come to exist; whoever called an e-mail spam has said so. */
const KEPT_SEC: Readonly<Record<StoppedReason, number>> = {
  bounced: 30 * 86_400,
  complained: 5 * 365 * 86_400,
};

const PK = 'ADDRESS#';

export const stoppedAddresses = defineEntity({
  table: 'notifications',
  name: 'notifications.stopped-address',
  key: ({ hash }: { hash: string }) => ({ pk: PK + hash, sk: 'ADDRESS' }),
  schema: stoppedAddressSchema,
  inKey: { attributes: ['hash'], read: ({ pk }) => ({ hash: pk.slice(PK.length) }) },
  indexes: { attributes: [], of: ({ until }) => ({ expiresAtSec: epochSec(until) }) },
});

/** Case makes no difference. */
const hashOf = (email: string): string => createHash('sha256').update(email.toLowerCase()).digest('hex');

/** Why no e-mail goes to this address at this moment; undefined when nothing is against it. */
export const findStopped = async (
  rt: Runtime,
  email: string,
  at: Instant,
): Promise<{ readonly reason: StoppedReason; readonly until: Instant } | undefined> => {
  const stopped = await stoppedAddresses.find(rt, { hash: hashOf(email) });
  return stopped && stopped.until > at ? stopped : undefined;
};

export const stopAddressWrite = (
  rt: Runtime,
  { email, reason, at }: { email: string; reason: StoppedReason; at: Instant },
): Write =>
  stoppedAddresses.put(rt, { hash: hashOf(email), reason, until: plusSeconds(at, KEPT_SEC[reason]) });
