import * as z from 'zod';
import { auditEvent } from '../../platform/audit.ts';
import {
  type ApiKeyRecord,
  findApiKey,
  listApiKeys,
  newApiKey,
  revokeWrite,
} from '../../platform/auth/api-keys.ts';
import { SCOPES, type Scope } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '../../platform/http/pagination.ts';
import { idPattern } from '../../platform/ids.ts';
import type { EventDraft } from '../../platform/outbox/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { type By, mustActAsAdmin } from '../staff/acting-admin.ts';

export const apiKeyIdSchema = z.string().regex(idPattern('key')).meta({ id: 'ApiKeyId' });

export const scopesSchema = z
  .array(z.enum(SCOPES))
  .min(1)
  .max(SCOPES.length)
  .refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice')
  .meta({ uniqueItems: true });

export const apiKeyView = z
  .object({
    keyId: apiKeyIdSchema,
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To the hour.' }),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyView = z.infer<typeof apiKeyView>;

const toView = (record: ApiKeyRecord): ApiKeyView => ({
  keyId: record.id,
  name: record.name,
  scopes: [...record.scopes],
  createdAt: record.createdAt,
  createdBy: record.createdBy,
  lastUsedAt: record.lastUsedAt ?? null,
  revokedAt: record.revokedAt ?? null,
});

const audited = (rt: Runtime, by: By, record: ApiKeyRecord, action: string): EventDraft =>
  auditEvent(rt, {
    actor: by.caller,
    action,
    subject: `api-key/${record.id}`,
    details: { name: record.name, scopes: record.scopes },
    origin: by.origin,
  });

/**
 * Makes a key for a machine. The clear key is in this answer and nowhere else: the answer that is kept for repeats has null
 * in its place.
 */
export const createApiKey = async (
  rt: Runtime,
  input: By & { name: string; scopes: readonly Scope[]; idempotency: Idempotency },
): Promise<ApiKeyView & { key: string | null }> => {
  await mustActAsAdmin(rt, input);
  const { name, scopes } = input;
  const { record, writes, clear } = newApiKey(rt, { name, scopes, createdBy: input.caller.id });
  const view = toView(record);
  await commit(rt, {
    writes,
    events: [audited(rt, input, record, 'api-key.created')],
    answer: { idempotency: input.idempotency, stored: { status: 201, body: { ...view, key: null } } },
  });
  return { ...view, key: clear };
};

/** Ends a key at once; one that has ended stays as it is. Throws `api-key-not-found`. */
export const revokeApiKey = async (rt: Runtime, input: By & { keyId: string }): Promise<void> => {
  await mustActAsAdmin(rt, input);
  const record = await findApiKey(rt, input.keyId);
  if (!record) throw new AppError('missing', 'api-key-not-found', 'There is no such key.');
  if (record.revokedAt !== undefined) return;
  try {
    await commit(rt, {
      writes: [revokeWrite(rt, record.id)],
      events: [audited(rt, input, record, 'api-key.revoked')],
    });
  } catch (error) {
    // Revoked meanwhile by somebody else: that is what was wanted.
    if (!(error instanceof CommitConflict)) throw error;
  }
};

const LIST = 'api-keys';

/** All keys, the revoked ones too, newest first. Throws `invalid-cursor`. */
export const findApiKeys = async (
  rt: Runtime,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<ApiKeyView>> => {
  const id = cursor === undefined ? undefined : decodeCursor(LIST, cursor).id;
  if (cursor !== undefined && !apiKeyIdSchema.safeParse(id).success) {
    throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
  }
  const page = await listApiKeys(rt, { limit, ...(typeof id === 'string' && { after: id }) });
  return {
    items: page.items.map(toView),
    nextCursor: page.after === undefined ? null : encodeCursor(LIST, { id: page.after }),
  };
};
