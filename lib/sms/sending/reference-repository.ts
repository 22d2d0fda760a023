import * as z from 'zod';
import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';

/** A provider's id of a message, or of one part of it: an opaque string, never a number. */
const referenceSchema = lazily(() =>
  z.object({ providerId: z.string(), theirId: z.string(), smsId: z.string(), attemptId: z.string() }),
);
export type Reference = ReadBy<typeof referenceSchema>;

/** Reports come within days; after that the provider has forgotten too. */
const KEEP_SEC = 90 * 24 * 3600;

export const references = defineEntity({
  table: 'sms',
  name: 'sms.reference',
  key: ({ providerId, theirId }: Pick<Reference, 'providerId' | 'theirId'>) => ({
    pk: `REF#${providerId}#${theirId}`,
    sk: 'REF',
  }),
  schema: referenceSchema,
});

export const findReferences = (
  rt: Runtime,
  providerId: string,
  theirIds: readonly string[],
): Promise<Reference[]> =>
  references.findAll(
    rt,
    [...new Set(theirIds)].map((theirId) => ({ providerId, theirId })),
  );

/** Goes into the commit that notes the provider's answer. */
export const referenceWrite = (rt: Runtime, reference: Reference, at: Instant): Write =>
  references.put(rt, reference, { expiresAtSec: epochSec(at) + KEEP_SEC });
