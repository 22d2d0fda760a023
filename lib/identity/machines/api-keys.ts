import * as z from 'zod';
import { type Actor, audited } from '../../platform/audit.ts';
import {
  type ApiKeyDraft,
  type ApiKeyRecord,
  findApiKey,
  type ListedApiKey,
  listApiKeys,
  newApiKey,
  revokeWrite,
} from '../../platform/auth/api-keys.ts';
import { SCOPES } from '../../platform/auth/scopes.ts';
import { epochMs, instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import { idPattern } from '../../platform/ids.ts';
import { currency } from '../../platform/money.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { entityIdSchema, smsCategories } from '../../sms/model.ts';
import { mustActAsAdmin } from '../users/acting-admin.ts';

export const apiKeyIdSchema = z.string().regex(idPattern('key')).meta({ id: 'ApiKeyId' });

export const scopesSchema = z
  .array(z.enum(SCOPES))
  .min(1)
  .max(SCOPES.length)
  .refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice')
  .meta({ uniqueItems: true });

const unique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const bindings = <Item extends z.ZodType>(item: Item, max: number) =>
  z.array(item).min(1).max(max).refine(unique, 'names one twice').meta({ uniqueItems: true });

/** Sign-in alone sends codes. */
const keyCategories = z.enum(smsCategories).exclude(['otp']);

const MAX_ENTITIES = 20;
const MAX_COUNTRIES = 250;
const MAX_MESSAGES_A_DAY = 1_000_000;
const MESSAGES_A_DAY = 1000;

const MAX_COST_MINOR = 1_000_000_000_000;
const costMinor = z.int().min(1).max(MAX_COST_MINOR);

const costBudgetSchema = z
  .strictObject({
    currency,
    perDayMinor: costMinor.optional().meta({
      description: 'In minor units, in a day of UTC; above it 429 `daily-cost-budget`.',
    }),
    perMonthMinor: costMinor.optional().meta({
      description: 'In minor units, in a calendar month of UTC; above it 429 `monthly-cost-budget`.',
    }),
  })
  .refine(({ perDayMinor, perMonthMinor }) => (perDayMinor ?? perMonthMinor) !== undefined, 'names no sum')
  .refine(
    ({ perDayMinor = 0, perMonthMinor = MAX_COST_MINOR }) => perDayMinor <= perMonthMinor,
    'holds less in a month than in a day',
  )
  .meta({ id: 'CostBudget' });

/** What a key is bound to, as an admin writes it. */
export const bindingFields = {
  entityIds: bindings(entityIdSchema, MAX_ENTITIES).meta({
    description: 'Legal entities whose SMS it may send and read. Everything of others answers 404.',
  }),
  categories: bindings(keyCategories, smsCategories.length - 1).meta({
    description: 'Categories it may send.',
  }),
  countries: bindings(z.string().regex(/^[A-Z]{2}$/), MAX_COUNTRIES)
    .optional()
    .meta({ description: 'Countries of the numbers it may send to; left out: those of its legal entities.' }),
  messagesPerDay: z
    .int()
    .min(1)
    .max(MAX_MESSAGES_A_DAY)
    .default(MESSAGES_A_DAY)
    .meta({ description: 'Messages it may register in a day of UTC; more are 429 `daily-budget`.' }),
  costBudget: costBudgetSchema.optional().meta({
    description:
      'Budget for the `price` of its SMS; left out: unlimited. With a budget an SMS without a price is refused.',
  }),
  expiresAt: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'When it ends by itself; left out: when it is revoked.' }),
};

export const apiKeyView = lazily(() =>
  z
    .object({
      keyId: apiKeyIdSchema,
      name: z.string(),
      scopes: z.array(z.enum(SCOPES)),
      entityIds: z.array(z.string()),
      categories: z.array(z.string()),
      countries: z.array(z.string()).nullable(),
      messagesPerDay: z.int(),
      costBudget: costBudgetSchema.nullable(),
      expiresAt: z.iso.datetime().nullable(),
      createdAt: z.iso.datetime(),
      createdBy: z.string(),
      lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To the hour.' }),
      revokedAt: z.iso.datetime().nullable(),
    })
    .meta({ id: 'ApiKey' }),
);
export type ApiKeyView = z.infer<ReturnType<typeof apiKeyView>>;

const toView = (record: ListedApiKey): ApiKeyView => ({
  keyId: record.id,
  name: record.name,
  scopes: [...record.scopes],
  entityIds: [...record.entityIds],
  categories: [...record.categories],
  countries: record.countries ? [...record.countries] : null,
  messagesPerDay: record.messagesPerDay,
  costBudget: record.costBudget ?? null,
  expiresAt: record.expiresAt ?? null,
  createdAt: record.createdAt,
  createdBy: record.createdBy,
  lastUsedAt: record.lastUsedAt ?? null,
  revokedAt: record.revokedAt ?? null,
});

const auditedKey = (rt: Runtime, actor: Actor, record: ApiKeyRecord, action: string): EventDraft =>
  audited(rt, actor, {
    action,
    subject: `api-key/${record.id}`,
    details: {
      name: record.name,
      scopes: record.scopes,
      entityIds: record.entityIds,
      categories: record.categories,
      countries: record.countries,
      messagesPerDay: record.messagesPerDay,
      costBudget: record.costBudget,
      expiresAt: record.expiresAt,
    },
  });

const futureEnd = (rt: Runtime, expiresAt: string | undefined): string | undefined => {
  if (expiresAt === undefined) return undefined;
  const endMs = epochMs(expiresAt);
  if (endMs > rt.clock.nowMs()) return instant(endMs);
  throw new AppError('unprocessable', 'expiry-passed', 'The key would have ended already.');
};

/**
 * Makes a key for a machine. The clear key is in this answer and nowhere else: the record for repeats leaves it out. An entity that does not exist opens nothing: which ones there are is another module's knowledge.
 * Throws `expiry-passed` (422).
 */
export const createApiKey = async (
  rt: Runtime,
  input: Actor & { draft: Omit<ApiKeyDraft, 'createdBy'>; idempotency: Idempotency },
): Promise<ApiKeyView & { key: string }> => {
  await mustActAsAdmin(rt, input);
  const expiresAt = futureEnd(rt, input.draft.expiresAt);
  const { record, writes, clear } = newApiKey(rt, { ...input.draft, expiresAt, createdBy: input.caller.id });
  const body = { ...toView(record), key: clear };
  await commit(rt, {
    writes,
    events: [auditedKey(rt, input, record, 'api-key.created')],
    answer: { idempotency: input.idempotency, stored: { status: 201, body } },
  });
  return body;
};

/** Ends a key at once; one that has ended stays as it is. Throws `api-key-not-found`. */
export const revokeApiKey = async (rt: Runtime, input: Actor & { keyId: string }): Promise<void> => {
  await mustActAsAdmin(rt, input);
  const record = await findApiKey(rt, input.keyId);
  if (!record) throw new AppError('missing', 'api-key-not-found', 'There is no such key.');
  if (record.revokedAt !== undefined) return;
  try {
    await commit(rt, {
      writes: [revokeWrite(rt, record.id)],
      events: [auditedKey(rt, input, record, 'api-key.revoked')],
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
    ...omittedOf(page),
  };
};
