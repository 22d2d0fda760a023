import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { BatchGetCommand, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { epochMs, instant } from '../clock.ts';
import { tableName } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import type { Write } from '../storage/write.ts';
import { type Caller, SCOPES, type Scope } from './caller.ts';

/** Keys of machine callers. The clear key is shown once, when it is made; the platform's table keeps its hash. */

const PREFIX = 'rdk_';
const KEY_ID = /^key_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** `rdk_<uuid of the key>_<secret>`; the secret is 32 random bytes as base64url. */
const CLEAR = /^rdk_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;
const SECRET_BYTES = 32;
/** `lastUsedAt` is no access log: writing it at every request would double the price of one. */
const USED_EVERY_SEC = 3600;

const stored = z.object({
  id: z.string().regex(KEY_ID),
  name: z.string(),
  /** SHA-256 of the secret, hex. The secret has 256 random bits, so there is nothing that a slow hash would add. */
  hash: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: z.string(),
  createdBy: z.string(),
  revokedAt: z.string().optional(),
  /** To the hour. */
  lastUsedAt: z.string().optional(),
});

export type ApiKeyRecord = Readonly<z.infer<typeof stored>>;

const LIST = 'APIKEYS';
const keyOf = (id: string) => ({ pk: `APIKEY#${id}`, sk: 'KEY' });
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export interface NewApiKey {
  readonly record: ApiKeyRecord;
  /** For the `commit` that also records who made it. */
  readonly writes: readonly Write[];
  /** To be shown once; it stands nowhere. */
  readonly clear: string;
}

/** A key that is not stored yet. `createdBy` is the id of whoever makes it. */
export const newApiKey = (
  rt: Runtime,
  { name, scopes, createdBy }: { name: string; scopes: readonly Scope[]; createdBy: string },
): NewApiKey => {
  const id = rt.ids.next('key');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const createdAt = instant(rt.clock.nowMs());
  const record: ApiKeyRecord = { id, name, hash: hashOf(secret), scopes: [...scopes], createdAt, createdBy };
  const put = (Item: object): Write => ({
    Put: {
      TableName: tableName(rt.env, 'platform'),
      Item: { ...Item },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });
  return {
    record,
    writes: [put({ ...keyOf(id), ...record }), put({ pk: LIST, sk: id })],
    clear: `${PREFIX}${id.slice('key_'.length)}_${secret}`,
  };
};

/** Consistent: a key revoked a moment ago is refused now. */
export const findApiKey = async (rt: Runtime, id: string): Promise<ApiKeyRecord | undefined> => {
  const { Item } = await rt.dynamo.send(
    new GetCommand({ TableName: tableName(rt.env, 'platform'), Key: keyOf(id), ConsistentRead: true }),
  );
  return Item && stored.parse(Item);
};

export interface ApiKeyPage {
  /** Newest first. */
  readonly items: readonly ApiKeyRecord[];
  /** Id of the last one given, when there are more: the next page begins after it. */
  readonly after?: string;
}

/** All keys, the revoked ones too. `limit` is 100 at most. */
export const listApiKeys = async (
  rt: Runtime,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<ApiKeyPage> => {
  const table = tableName(rt.env, 'platform');
  const page = await rt.dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :list',
      ExpressionAttributeValues: { ':list': LIST },
      ...(after !== undefined && { ExclusiveStartKey: { pk: LIST, sk: after } }),
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  const ids = (page.Items ?? []).map(({ sk }) => String(sk));
  const items = await readKeys(rt, ids);
  const last = page.LastEvaluatedKey && ids.at(-1);
  return { items, ...(last !== undefined && { after: last }) };
};

const readKeys = async (rt: Runtime, ids: readonly string[]): Promise<ApiKeyRecord[]> => {
  const table = tableName(rt.env, 'platform');
  const found = new Map<string, ApiKeyRecord>();
  let keys: Record<string, unknown>[] | undefined = ids.map(keyOf);
  while (keys && keys.length > 0) {
    const answer: { Responses?: Record<string, object[]>; UnprocessedKeys?: Unprocessed } =
      await rt.dynamo.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } }),
      );
    for (const item of answer.Responses?.[table] ?? []) {
      const record = stored.parse(item);
      found.set(record.id, record);
    }
    keys = answer.UnprocessedKeys?.[table]?.Keys;
  }
  return ids.flatMap((id) => found.get(id) ?? []);
};

type Unprocessed = Record<string, { Keys: Record<string, unknown>[] | undefined }>;

/** Ends a key for good. Its condition fails when there is none of that id, or it has been revoked before. */
export const revokeWrite = (rt: Runtime, id: string): Write => ({
  Update: {
    TableName: tableName(rt.env, 'platform'),
    Key: keyOf(id),
    UpdateExpression: 'SET revokedAt = :now',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)',
    ExpressionAttributeValues: { ':now': instant(rt.clock.nowMs()) },
  },
});

export const isApiKey = (token: string): boolean => token.startsWith(PREFIX);

/** One answer for unknown, wrong and revoked: which of them it is helps only whoever guesses. */
const invalid = (): AppError =>
  new AppError('unauthenticated', 'token-invalid', 'The access token is not valid.');

/** Tells nothing of what exists: the text alone is judged. A key is often cut where it was copied. */
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
  if (!record || !matches(record, secret) || record.revokedAt !== undefined) throw invalid();
  await noteUse(rt, record);
  return { id: record.id, roles: [], scopes: record.scopes };
};

const noteUse = async (rt: Runtime, { id, lastUsedAt }: ApiKeyRecord): Promise<void> => {
  const nowMs = rt.clock.nowMs();
  if (lastUsedAt !== undefined && epochMs(lastUsedAt) > nowMs - USED_EVERY_SEC * 1000) return;
  const update = new UpdateCommand({
    TableName: tableName(rt.env, 'platform'),
    Key: keyOf(id),
    UpdateExpression: 'SET lastUsedAt = :now',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':now': instant(nowMs) },
  });
  // A note for people; a request must not fail for it.
  await rt.dynamo.send(update).catch((error: unknown) => rt.log.warn('use of a key not noted', { error }));
};
