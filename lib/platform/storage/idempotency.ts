import { epochSec, instant } from '../clock.ts';
import { tableName } from '../config.ts';
import type { Runtime } from '../runtime.ts';
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

export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly etag?: string;
}

/** How long a repeat gets the first answer. */
const KEEP_SEC = 7 * 24 * 3600;

export const idempotencyKey = ({ callerId, key }: Pick<Idempotency, 'callerId' | 'key'>) => ({
  pk: `IDEMPOTENCY#${callerId}#${key}`,
  sk: 'IDEMPOTENCY',
});

const withoutFields = (body: unknown, fields: readonly string[] = []): unknown =>
  typeof body === 'object' && body !== null && fields.length > 0
    ? Object.fromEntries(Object.entries(body).filter(([name]) => !fields.includes(name)))
    : body;

/** The record of a first answer without its secrets, written in the transaction that makes it true. */
export const idempotencyWrite = (
  rt: Runtime,
  { idempotency, stored }: { idempotency: Idempotency; stored: StoredAnswer },
): Write => ({
  Put: {
    TableName: tableName(rt.env, 'platform'),
    Item: {
      ...idempotencyKey(idempotency),
      hash: idempotency.hash,
      status: stored.status,
      body: JSON.stringify(withoutFields(stored.body, idempotency.secretFields)),
      etag: stored.etag,
      expiresAtSec: epochSec(instant(rt.clock.nowMs())) + KEEP_SEC,
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
