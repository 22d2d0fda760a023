import * as z from 'zod';
import { epochSec, instant } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { defineEntity } from './entity.ts';
import { lazily } from './stored-schema.ts';
import type { Write } from './write.ts';

/** What a creating request is known by. */
export interface Idempotency {
  /** A caller's id; `~` and the hash of a device's token for callers unknown. */
  readonly callerId: string;
  readonly key: string;
  /** Hash of method, path and body: the same key with another request is an error. */
  readonly hash: string;
  /** Fields of the answer that are left out of its record, as the endpoint's declaration says (`secretFields`). */
  readonly secretFields?: readonly string[] | undefined;
}

/** A key says which request it is of: with another one it is a mistake of the caller's, wherever the first is recorded. */
export const keyReused = (): AppError =>
  new AppError(
    'unprocessable',
    'idempotency-key-reused',
    'This Idempotency-Key was used for another request.',
  );

export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly etag?: string | undefined;
}

/** How long a repeat gets the first answer. */
const KEEP_SEC = 7 * 24 * 3600;

/** The first answer to a request; whose and under which key it was says the key of its item. */
export const firstAnswers = defineEntity({
  table: 'platform',
  name: 'platform.first-answer',
  key: ({ callerId, key }: Pick<Idempotency, 'callerId' | 'key'>) => ({
    pk: `IDEMPOTENCY#${callerId}#${key}`,
    sk: 'IDEMPOTENCY',
  }),
  schema: lazily(() =>
    z.object({
      hash: z.string(),
      status: z.int(),
      /** JSON. */
      body: z.string().optional(),
      etag: z.string().optional(),
    }),
  ),
  inKey: { attributes: ['callerId', 'key'], read: () => ({}) },
});

const withoutFields = (body: unknown, fields: readonly string[] = []): unknown =>
  typeof body === 'object' && body !== null && fields.length > 0
    ? Object.fromEntries(Object.entries(body).filter(([name]) => !fields.includes(name)))
    : body;

/** The record of a first answer without its secrets, written in the transaction that makes it true. */
export const idempotencyWrite = (
  rt: Runtime,
  { idempotency, stored }: { idempotency: Idempotency; stored: StoredAnswer },
): Write => {
  const { callerId, key, hash, secretFields } = idempotency;
  const { status, etag } = stored;
  const body = JSON.stringify(withoutFields(stored.body, secretFields));
  const expiresAtSec = epochSec(instant(rt.clock.nowMs())) + KEEP_SEC;
  return firstAnswers.putNew(rt, { callerId, key, hash, status, body, etag }, { expiresAtSec });
};
