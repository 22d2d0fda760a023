import * as z from 'zod';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';

const PK = 'KEYS';

/** All keys, oldest first: few, so one item holds them and a rotation is one conditional write. */
const keyRingSchema = lazily(() =>
  z.object({
    /** Signing keys, the private part of each sealed. */
    keys: z.array(
      z.object({
        kid: z.string(),
        publicKey: z.object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string() }),
        sealed: z.string(),
        createdAt: storedInstant(),
        signsFrom: storedInstant(),
      }),
    ),
    version: z.int(),
  }),
);
export type KeyRing = ReadBy<typeof keyRingSchema>;
export type StoredKey = KeyRing['keys'][number];

export const keyRings = defineEntity({
  table: 'identity',
  name: 'identity.key-ring',
  key: (_: object) => ({ pk: PK, sk: 'KEYS' }),
  schema: keyRingSchema,
});

/** What a sealed private key is bound to. */
export const sealedPlace = (kid: string): string => `${PK}#${kid}`;

export const findKeyRing = async (rt: Runtime): Promise<KeyRing> =>
  (await keyRings.find(rt, {})) ?? { keys: [], version: 0 };

export const keyRingWrite = (rt: Runtime, before: KeyRing, keys: readonly StoredKey[]): Write =>
  keyRings.next(rt, before, { keys, version: before.version + 1 });
