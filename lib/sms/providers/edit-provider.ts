import { permitted, type RequestPermit } from '../../platform/approvals/define-approvals.ts';
import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { seal } from '../../platform/secrets/index.ts';
import type { Change } from '../../platform/storage/change.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { distinctWrites } from '../../platform/storage/write.ts';
import { forgetProviders, MAX_PROVIDERS } from '../core/provider-facts-repository.ts';
import type { Provider, ProviderKind } from '../core/provider-model.ts';
import { entityUnchanged, getEntity } from '../entity-repository.ts';
import { OWN_ENTITY } from '../model.ts';
import { allowedProviders } from '../rules/bindings.ts';
import { isSenderFor } from '../rules/senders.ts';
import { adapterOf } from './adapters.ts';
import { ownKeepsProvider } from './own-route.ts';
import { baseUrlOf, checkAddress } from './provider-address.ts';
import { findHealth, getProvider, listProviders, providerWrite, secretPlace } from './provider-repository.ts';
import { type ProviderView, toProviderView } from './provider-view.ts';
import { SECRETS_PURPOSE } from './secrets-purpose.ts';

/** Everything an admin may set but the secrets, which come in clear and are stored sealed. */
export type Fields = Omit<Provider, 'id' | 'kind' | 'secrets' | 'createdAt' | 'version' | 'disabledAt'>;
export type ClearSecrets = Readonly<Record<string, string | undefined>>;
export type Loose<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** By the adapter's names, each sealed for this provider: it opens nowhere else. Throws `sms-provider-incomplete` (422). */
export const sealSecrets = async (
  rt: Runtime,
  { id, kind }: Pick<Provider, 'id' | 'kind'>,
  secrets: ClearSecrets,
): Promise<Record<string, string>> => {
  const known = adapterOf(kind).secretNames;
  const entries = Object.entries(secrets).filter((each): each is [string, string] => each[1] !== undefined);
  const unknown = entries.find(([name]) => !known.includes(name));
  if (unknown) {
    throw new AppError('unprocessable', 'sms-provider-incomplete', `${kind} has no secret ${unknown[0]}.`);
  }
  return Object.fromEntries(
    await Promise.all(
      entries.map(
        async ([name, clear]) =>
          [name, await seal(rt, SECRETS_PURPOSE, clear, secretPlace(id, name))] as const,
      ),
    ),
  );
};

/** Throws 422 where requests could not be made of these settings, or would go where none may. */
const checked = (rt: Runtime, provider: Provider): Provider => {
  checkAddress(rt, provider);
  const adapter = adapterOf(provider.kind);
  const lacking = adapter.neededSecrets.find((any) => !any.some((name) => provider.secrets[name]));
  const problem = lacking
    ? `${provider.kind} needs a secret: ${lacking.join(' or ')}.`
    : needsAccount(provider) && !provider.account
      ? `${provider.kind} needs an account.`
      : provider.sender !== '' && !isSenderFor(provider.kind, provider.sender)
        ? `${provider.kind} does not take this sender name.`
        : undefined;
  if (problem) throw new AppError('unprocessable', 'sms-provider-incomplete', problem);
  const { maxConnections } = adapter.capabilities;
  if (maxConnections !== undefined && provider.concurrency > maxConnections) {
    const detail = `${provider.kind} takes ${maxConnections} requests at once at most.`;
    throw new AppError('unprocessable', 'sms-provider-incomplete', detail);
  }
  return provider;
};

/** SMSC's password belongs to a login; its key does without one. */
const needsAccount = ({ kind, secrets }: Provider): boolean =>
  adapterOf(kind).needsAccount || (kind === 'smsc' && !secrets.apiKey);

/** What the audit log may hold: names of secrets, never a value. */
const forAudit = ({ secrets, ...rest }: Loose<Fields> & { secrets?: object | undefined }): object => ({
  ...JSON.parse(JSON.stringify(rest)),
  ...(secrets && { secrets: Object.keys(secrets).sort() }),
});

/**
 * Whoever chooses where sign-in codes go could become anyone (R-AUTH-05): what would carry them needs two admins' permit, and what
 * would not is held to the own entity's list, so that it does not come to carry them meanwhile.
 */
const codesPermit = async (rt: Runtime, provider: Provider, permit: RequestPermit): Promise<Held> => {
  const own = await getEntity(rt, OWN_ENTITY);
  if (allowedProviders(own, [provider]).length > 0) return permitted(await permit());
  return { writes: [entityUnchanged(rt, own)], events: [] };
};

export interface NewProvider {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly fields: Loose<Fields> & Omit<Fields, 'baseUrl' | 'account' | 'currency'>;
  /** Sealed. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Adds a provider; one that would carry sign-in codes at once is two admins'. Throws `sms-provider-incomplete`,
 * `sms-provider-address`, `too-many-providers` (422).
 */
export const addProvider = async (
  rt: Runtime,
  input: Actor & NewProvider & { idempotency?: Idempotency; permit: RequestPermit },
): Promise<ProviderView> => {
  const { id, kind, fields, secrets, idempotency } = input;
  const createdAt = instant(rt.clock.nowMs());
  const draft = { ...defined(fields), id, kind, secrets, createdAt, version: 1 } as Provider;
  const provider = checked(rt, draft);
  const body = await toProviderView(rt, provider, undefined);
  const details = { kind, ...forAudit({ ...fields, secrets }) };
  await untilCommitted(rt, async () => {
    const { items, omitted = 0 } = await listProviders(rt);
    if (items.length + omitted >= MAX_PROVIDERS)
      throw new AppError('unprocessable', 'too-many-providers', `There may be ${MAX_PROVIDERS} providers.`);
    const codes = await codesPermit(rt, provider, input.permit);
    const subject = `sms-provider/${id}`;
    const audit = audited(rt, input, { action: 'sms-provider.added', subject, details });
    await commit(rt, {
      writes: [providerWrite(rt, undefined, provider), ...codes.writes],
      events: [audit, ...codes.events],
      answer: { idempotency, stored: { status: 201, body, etag: '1' } },
    });
  });
  forgetProviders(rt);
  return body;
};

const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** Held to in the same commit besides: `permit` where the change is one for two admins. */
type Held = Change;

const nothingHeld: Held = { writes: [], events: [] };

const changed = async (
  rt: Runtime,
  input: Actor & { providerId: string; ifMatch?: number | undefined; action: string; details: object },
  change: (before: Provider) => Promise<{ next: Provider; held: Held }>,
): Promise<ProviderView> => {
  const after = await untilCommitted(rt, async () => {
    const before = await getProvider(rt, input.providerId);
    if (input.ifMatch !== undefined && before.version !== input.ifMatch)
      throw new AppError('stale', 'stale', 'The provider was changed meanwhile.');
    const { next, held } = await change(before);
    if (next === before) return before;
    const event = audited(rt, input, {
      action: input.action,
      subject: `sms-provider/${before.id}`,
      details: { ...input.details },
    });
    const ends = next.disabledAt !== undefined && before.disabledAt === undefined;
    const kept = ends ? await ownKeepsProvider(rt, { disabledId: next.id }) : [];
    const writes = [providerWrite(rt, before, next), ...distinctWrites([...kept, ...held.writes])];
    await commit(rt, { writes, events: [event, ...held.events] });
    return next;
  });
  forgetProviders(rt);
  return toProviderView(rt, after, await findHealth(rt, after.id));
};

/**
 * A secret goes only where it was entered for: with another address or account, each on record is entered anew, or whoever
 * moves the address could read what they were never shown (R-SMS-04). Throws `sms-provider-secrets-needed` (422).
 */
const checkMove = (before: Provider, after: Provider, given: ClearSecrets): void => {
  if (baseUrlOf(before) === baseUrlOf(after) && before.account === after.account) return;
  const missing = Object.keys(before.secrets).filter((name) => given[name] === undefined);
  if (missing.length === 0) return;
  const detail = `Another address or account needs every secret anew: ${missing.sort().join(', ')}.`;
  throw new AppError('unprocessable', 'sms-provider-secrets-needed', detail);
};

export interface ProviderEdit {
  readonly providerId: string;
  readonly ifMatch: number;
  readonly change: Loose<Fields> & { readonly disabled?: boolean | undefined };
  /** Sealed; those that are named are replaced. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Whether messages would go elsewhere or in another's name. */
const isMoved = (before: Provider, after: Provider, secrets: ProviderEdit['secrets']): boolean =>
  baseUrlOf(before) !== baseUrlOf(after) ||
  before.account !== after.account ||
  JSON.stringify(before.options) !== JSON.stringify(after.options) ||
  Object.keys(secrets).length > 0;

/**
 * Edits what is named; another address, account, secret or option of one that carries sign-in codes is two admins'. Throws
 * `sms-provider-not-found`, `stale`, `sms-provider-incomplete`, `sms-provider-address`, `sms-provider-secrets-needed`,
 * `own-needs-provider`.
 */
export const editProvider = (
  rt: Runtime,
  input: Actor & ProviderEdit & { permit: RequestPermit },
): Promise<ProviderView> => {
  const { secrets, ifMatch } = input;
  const { disabled, ...fields } = input.change;
  const details = forAudit({ ...fields, ...(Object.keys(secrets).length > 0 && { secrets }) });
  const shown = { ...details, ...(disabled !== undefined && { disabled }) };
  const what = { ...input, ifMatch, action: 'sms-provider.edited', details: shown };
  return changed(rt, what, async (before) => {
    const { disabledAt, ...rest } = before;
    const off = disabled ?? disabledAt !== undefined;
    const after = {
      ...rest,
      ...defined(fields),
      secrets: { ...before.secrets, ...secrets },
      ...(off && { disabledAt: disabledAt ?? instant(rt.clock.nowMs()) }),
      version: before.version + 1,
    } as Provider;
    checkMove(before, after, secrets);
    const next = checked(rt, after);
    const held = isMoved(before, next, secrets) ? await codesPermit(rt, next, input.permit) : nothingHeld;
    return { next, held };
  });
};

/**
 * Takes a provider out of use: nothing new goes to it; messages it has are still queried. Twice changes nothing. Throws
 * `sms-provider-not-found`, `own-needs-provider` (409).
 */
export const disableProvider = (rt: Runtime, input: Actor & { providerId: string }): Promise<ProviderView> =>
  changed(rt, { ...input, action: 'sms-provider.disabled', details: {} }, async (before) => ({
    next: before.disabledAt
      ? before
      : { ...before, disabledAt: instant(rt.clock.nowMs()), version: before.version + 1 },
    held: nothingHeld,
  }));
