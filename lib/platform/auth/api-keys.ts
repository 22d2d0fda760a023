import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Caller, KeyBinding, Scope } from '../caller.ts';
import { epochMs, instant } from '../clock.ts';
import { tableName } from '../config.ts';
import { AppError } from '../errors.ts';
import { currency } from '../money.ts';
import type { Runtime } from '../runtime.ts';
import { defineEntity } from '../storage/entity.ts';
import { itemsOf } from '../storage/items.ts';
import { lazily, type ReadBy, storedInstant } from '../storage/stored-schema.ts';
import type { Write } from '../storage/write.ts';
import { SCOPES } from './scopes.ts';

/**
 * Keys of machine callers. The clear key is shown once, when it is made; its hash is kept in the table `access`, where only the
 * module that keeps it may write: whoever could write a key could be any machine.
 */

const PREFIX = 'rdk_';
const KEY_ID = /^key_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** `rdk_<uuid of the key>_<secret>`; the secret is 32 random bytes as base64url. */
const CLEAR = /^rdk_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;
const SECRET_BYTES = 32;
/** `lastUsedAt` is no access log: writing it at every request would double the price of one. */
const USED_EVERY_SEC = 3600;

const apiKeySchema = lazily(() =>
  z.object({
    id: z.string().regex(KEY_ID),
    name: z.string(),
    /** SHA-256 of the secret, hex. The secret has 256 random bits, so there is nothing that a slow hash would add. */
    hash: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    entityIds: z.array(z.string()),
    categories: z.array(z.string()),
    countries: z.array(z.string()).optional(),
    messagesPerDay: z.int(),
    costBudget: z
      .object({ currency, perDayMinor: z.int().optional(), perMonthMinor: z.int().optional() })
      .optional(),
    createdAt: storedInstant(),
    createdBy: z.string(),
    /** From then on it opens nothing. */
    expiresAt: storedInstant().optional(),
    revokedAt: storedInstant().optional(),
  }),
);
export type ApiKeyRecord = ReadBy<typeof apiKeySchema>;

/** A key as it is listed. */
export interface ListedApiKey extends ApiKeyRecord {
  /** To the hour. */
  readonly lastUsedAt?: string | undefined;
}

const items = itemsOf('access');
const LIST = 'APIKEYS';

export const apiKeys = defineEntity({
  table: 'access',
  name: 'access.api-key',
  key: ({ id }: Pick<ApiKeyRecord, 'id'>) => ({ pk: `APIKEY#${id}`, sk: 'KEY' }),
  schema: apiKeySchema,
});

const USE = 'KEYUSE#';

/** That a key was used is noted beside the keys, where every function may write: it gives nobody anything. */
export const apiKeyUses = defineEntity({
  table: 'platform',
  name: 'platform.api-key-use',
  key: ({ id }: { id: string }) => ({ pk: USE + id, sk: 'USE' }),
  schema: lazily(() => z.object({ id: z.string(), lastUsedAt: storedInstant() })),
  inKey: { attributes: ['id'], read: ({ pk }) => ({ id: pk.slice(USE.length) }) },
});

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export interface NewApiKey {
  readonly record: ApiKeyRecord;
  /** For the `commit` that also records who made it. */
  readonly writes: readonly Write[];
  /** To be shown once; it is stored nowhere. */
  readonly clear: string;
}

export interface ApiKeyDraft extends KeyBinding {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: string | undefined;
  /** The id of whoever makes it. */
  readonly createdBy: string;
}

/** A key that is not stored yet. */
export const newApiKey = (rt: Runtime, draft: ApiKeyDraft): NewApiKey => {
  const id = rt.ids.next('key');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const createdAt = instant(rt.clock.nowMs());
  const record: ApiKeyRecord = { ...draft, id, hash: hashOf(secret), createdAt };
  return {
    record,
    writes: [apiKeys.putNew(rt, record), items.putNew(rt, { pk: LIST, sk: id })],
    clear: `${PREFIX}${id.slice('key_'.length)}_${secret}`,
  };
};

/** Consistent: a key revoked a moment ago is refused now. */
export const findApiKey = (rt: Runtime, id: string): Promise<ApiKeyRecord | undefined> =>
  apiKeys.find(rt, { id });

export interface ApiKeyPage {
  /** Newest first. */
  readonly items: readonly ListedApiKey[];
  /** Id of the last one given, when there are more: the next page begins after it. */
  readonly after?: string;
  /** How many could not be read. */
  readonly omitted?: number;
}

/** All keys, the revoked ones too. `limit` is 100 at most. */
export const listApiKeys = async (
  rt: Runtime,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<ApiKeyPage> => {
  const start = after === undefined ? undefined : { pk: LIST, sk: after };
  const page = await items.page(rt, { pk: LIST, limit, after: start, descending: true });
  const ids = page.items.map(({ sk }) => ({ id: sk }));
  const [{ items: records, ...rest }, uses] = await Promise.all([
    apiKeys.listByKeys(rt, ids),
    apiKeyUses.listByKeys(rt, ids),
  ]);
  const byId = new Map(records.map((record) => [record.id, record]));
  const usedAt = new Map(uses.items.map(({ id, lastUsedAt }) => [id, lastUsedAt]));
  const found = ids.flatMap(({ id }): ListedApiKey[] => {
    const record = byId.get(id);
    return record ? [{ ...record, lastUsedAt: usedAt.get(id) }] : [];
  });
  const last = page.next && ids.at(-1);
  return { ...rest, items: found, ...(last && { after: last.id }) };
};

/** Ends a key for good. Its condition fails when there is none of that id, or it has been revoked before. */
export const revokeWrite = (rt: Runtime, id: string): Write => ({
  Update: {
    TableName: items.table(rt),
    Key: { ...apiKeys.key({ id }) },
    UpdateExpression: 'SET revokedAt = :now',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)',
    ExpressionAttributeValues: { ':now': instant(rt.clock.nowMs()) },
  },
});

/** Whether a key still opens something. */
export const isLive = ({ revokedAt, expiresAt }: ApiKeyRecord, nowMs: number): boolean =>
  revokedAt === undefined && (expiresAt === undefined || epochMs(expiresAt) > nowMs);

export const isApiKey = (token: string): boolean => token.startsWith(PREFIX);

/** One answer for unknown, wrong, ended and revoked: which of them it is helps only whoever guesses. */
const invalid = (): AppError =>
  new AppError('unauthenticated', 'token-invalid', 'The access token is not valid.');

/** Tells nothing of what exists: the text alone is checked. A key is often cut where it was copied. */
const malformed = (): AppError =>
  new AppError(
    'unauthenticated',
    'malformed-key',
    'This is no whole key: rdk_, a UUID, an underscore and 43 characters of base64url.',
  );

const matches = (record: ApiKeyRecord, secret: string): boolean =>
  timingSafeEqual(Buffer.from(record.hash, 'hex'), Buffer.from(hashOf(secret), 'hex'));

/**
 * The machine behind a key of ours: an id, scopes and no roles. Read at every request, so that a revoked key ends at once.
 * Throws AppError `malformed-key`, `token-invalid` (unauthenticated).
 */
export const verifyApiKey = async (rt: Runtime, token: string): Promise<Caller> => {
  const [, uuid, secret] = CLEAR.exec(token) ?? [];
  if (uuid === undefined || secret === undefined) throw malformed();
  const record = await findApiKey(rt, `key_${uuid}`);
  if (!record || !matches(record, secret) || !isLive(record, rt.clock.nowMs())) throw invalid();
  await noteUse(rt, record.id);
  const { id, scopes, entityIds, categories, countries, messagesPerDay, costBudget } = record;
  const binding = { entityIds, categories, countries, messagesPerDay, costBudget };
  return { id, roles: [], scopes, binding };
};

/** When this process last noted a key's use: each notes it once an hour at most. */
const noted = new WeakMap<object, Map<string, number>>();

const noteUse = async (rt: Runtime, id: string): Promise<void> => {
  const nowMs = rt.clock.nowMs();
  const own = noted.get(rt.dynamo) ?? new Map<string, number>();
  noted.set(rt.dynamo, own);
  if ((own.get(id) ?? 0) > nowMs - USED_EVERY_SEC * 1000) return;
  own.set(id, nowMs);
  const update = new UpdateCommand({
    TableName: tableName(rt.env, 'platform'),
    Key: { ...apiKeyUses.key({ id }) },
    UpdateExpression: 'SET lastUsedAt = :now',
    ExpressionAttributeValues: { ':now': instant(nowMs) },
  });
  // A note for people; a request must not fail for it.
  await rt.dynamo.send(update).catch((error: unknown) => rt.log.warn('use of a key not noted', { error }));
};
