import type { JWK } from 'jose';
import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { findItem, type Key, putNext } from './table.ts';

const KEYS: Key = { pk: 'KEYS', sk: 'KEYS' };

/** A signing key as it lies in the table: the private part sealed. */
export interface StoredKey {
  readonly kid: string;
  readonly publicKey: JWK;
  readonly sealed: string;
  readonly createdAt: Instant;
  readonly signsFrom: Instant;
}

/** All keys, oldest first: few, so one item holds them and a rotation is one conditional write. */
export interface KeyRing {
  readonly keys: readonly StoredKey[];
  readonly version: number;
}

/** What a sealed private key is bound to. */
export const sealedPlace = (kid: string): string => `${KEYS.pk}#${kid}`;

export const findKeyRing = async (rt: Runtime): Promise<KeyRing> => {
  const item = await findItem(rt, KEYS);
  return { keys: (item?.keys ?? []) as StoredKey[], version: Number(item?.version ?? 0) };
};

export const keyRingWrite = (rt: Runtime, before: KeyRing, keys: readonly StoredKey[]): Write =>
  putNext(rt, { ...KEYS, keys: [...keys], version: before.version + 1 }, before.version);
