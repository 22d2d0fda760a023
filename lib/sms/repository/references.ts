import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { findItems, type Item, type Key, put } from './table.ts';

/** A provider's id of a message, or of one part of it: an opaque string, never a number. */
export interface Reference {
  readonly providerId: string;
  readonly theirId: string;
  readonly smsId: string;
  readonly attemptId: string;
}

/** Reports come within days; after that the provider has forgotten too. */
const KEEP_SEC = 90 * 24 * 3600;

const key = (providerId: string, theirId: string): Key => ({
  pk: `REF#${providerId}#${theirId}`,
  sk: 'REF',
});

const fromItem = (item: Item): Reference => ({
  providerId: String(item.providerId),
  theirId: String(item.theirId),
  smsId: String(item.smsId),
  attemptId: String(item.attemptId),
});

export const findReferences = async (
  rt: Runtime,
  providerId: string,
  theirIds: readonly string[],
): Promise<Reference[]> =>
  (
    await findItems(
      rt,
      [...new Set(theirIds)].map((id) => key(providerId, id)),
    )
  ).map(fromItem);

/** Goes into the commit that notes the provider's answer. */
export const referenceWrite = (rt: Runtime, reference: Reference, at: Instant): Write =>
  put(rt, {
    ...key(reference.providerId, reference.theirId),
    ...reference,
    expiresAtSec: epochSec(at) + KEEP_SEC,
  });
