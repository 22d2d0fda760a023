import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { seal } from '../../platform/secrets/index.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { ownKeepsProvider } from '../registry/own-route.ts';
import { forgetProviders, MAX_PROVIDERS } from '../repository/provider-facts.ts';
import { isSenderFor } from '../rules/senders.ts';
import { adapterOf } from './adapters.ts';
import type { Provider, ProviderKind } from './model.ts';
import { baseUrlOf, checkAddress } from './provider-address.ts';
import { type ProviderView, toProviderView } from './provider-view.ts';
import {
  findHealth,
  getProvider,
  listProviders,
  providerWrite,
  secretPlace,
} from './repository/providers.ts';
import { SECRETS_PURPOSE } from './secrets-purpose.ts';

/** Everything an admin may set but the secrets, which come in clear and are stored sealed. */
type Fields = Omit<Provider, 'id' | 'kind' | 'secrets' | 'createdAt' | 'version' | 'disabledAt'>;
type ClearSecrets = Readonly<Record<string, string | undefined>>;
type Loose<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

const sealed = async (
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

/** SMSC's password belongs to a login; its key stands alone. */
const needsAccount = ({ kind, secrets }: Provider): boolean =>
  adapterOf(kind).needsAccount || (kind === 'smsc' && !secrets.apiKey);

/** What the audit log may hold: names of secrets, never a value. */
const forAudit = ({ secrets, ...rest }: Loose<Fields> & { secrets?: object | undefined }): object => ({
  ...JSON.parse(JSON.stringify(rest)),
  ...(secrets && { secrets: Object.keys(secrets).sort() }),
});

/** Adds a provider. Throws `sms-provider-incomplete`, `sms-provider-address`, `too-many-providers` (422). */
export const addProvider = async (
  rt: Runtime,
  input: Actor & {
    kind: ProviderKind;
    fields: Loose<Fields> & Omit<Fields, 'baseUrl' | 'account' | 'currency'>;
    secrets: ClearSecrets;
    idempotency: Idempotency;
  },
): Promise<ProviderView> => {
  const { kind, fields, idempotency } = input;
  const { items, omitted = 0 } = await listProviders(rt);
  if (items.length + omitted >= MAX_PROVIDERS)
    throw new AppError('unprocessable', 'too-many-providers', `There may be ${MAX_PROVIDERS} providers.`);
  const id = rt.ids.next('prv');
  const secrets = await sealed(rt, { id, kind }, input.secrets);
  const createdAt = instant(rt.clock.nowMs());
  const draft = { ...defined(fields), id, kind, secrets, createdAt, version: 1 } as Provider;
  const provider = checked(rt, draft);
  const body = await toProviderView(rt, provider, undefined);
  const details = forAudit({ ...fields, secrets });
  await commit(rt, {
    writes: [providerWrite(rt, undefined, provider)],
    events: [
      audited(rt, input, {
        action: 'sms-provider.added',
        subject: `sms-provider/${id}`,
        details: { kind, ...details },
      }),
    ],
    answer: { idempotency, stored: { status: 201, body, etag: '1' } },
  });
  forgetProviders(rt);
  return body;
};

const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

const changed = async (
  rt: Runtime,
  input: Actor & { providerId: string; ifMatch?: number | undefined; action: string; details: object },
  change: (before: Provider) => Promise<Provider>,
): Promise<ProviderView> => {
  const after = await untilCommitted(rt, async () => {
    const before = await getProvider(rt, input.providerId);
    if (input.ifMatch !== undefined && before.version !== input.ifMatch)
      throw new AppError('stale', 'stale', 'The provider was changed meanwhile.');
    const next = await change(before);
    if (next === before) return before;
    const event = audited(rt, input, {
      action: input.action,
      subject: `sms-provider/${before.id}`,
      details: { ...input.details },
    });
    const ends = next.disabledAt !== undefined && before.disabledAt === undefined;
    const held = ends ? await ownKeepsProvider(rt, { disabledId: next.id }) : [];
    await commit(rt, { writes: [providerWrite(rt, before, next), ...held], events: [event] });
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

/**
 * Edits what is named; a secret that is named is replaced. Throws `sms-provider-not-found`, `stale`,
 * `sms-provider-incomplete`, `sms-provider-address`, `sms-provider-secrets-needed`, `own-needs-provider`.
 */
export const editProvider = (
  rt: Runtime,
  input: Actor & {
    providerId: string;
    ifMatch: number;
    change: Loose<Fields> & { secrets?: ClearSecrets | undefined; disabled?: boolean | undefined };
  },
): Promise<ProviderView> => {
  const { secrets = {}, disabled, ...fields } = input.change;
  const details = forAudit({ ...fields, ...(Object.keys(secrets).length > 0 && { secrets }) });
  const told = { ...details, ...(disabled !== undefined && { disabled }) };
  return changed(rt, { ...input, action: 'sms-provider.edited', details: told }, async (before) => {
    const { disabledAt, ...rest } = before;
    const off = disabled ?? disabledAt !== undefined;
    const after = {
      ...rest,
      ...defined(fields),
      secrets: { ...before.secrets, ...(await sealed(rt, before, secrets)) },
      ...(off && { disabledAt: disabledAt ?? instant(rt.clock.nowMs()) }),
      version: before.version + 1,
    } as Provider;
    checkMove(before, after, secrets);
    return checked(rt, after);
  });
};

/**
 * Takes a provider out of use: nothing new goes to it; what it has is still asked about. Twice changes nothing. Throws
 * `sms-provider-not-found`, `own-needs-provider` (409).
 */
export const disableProvider = (rt: Runtime, input: Actor & { providerId: string }): Promise<ProviderView> =>
  changed(rt, { ...input, action: 'sms-provider.disabled', details: {} }, async (before) =>
    before.disabledAt
      ? before
      : { ...before, disabledAt: instant(rt.clock.nowMs()), version: before.version + 1 },
  );
