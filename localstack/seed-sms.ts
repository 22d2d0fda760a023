/**
 * SMS providers of the demo: one account with each API of the sandbox, for the own legal entity, and an entity that sends about
 * debts under RU-230. By the public API, as an admin and a manager would do it; repeating it changes nothing but addresses that moved.
 */
import type { Ask } from './ask-as.ts';
import { SANDBOX_ACCOUNTS } from './sandboxes/sms/index.ts';

const OWN = 'own';
const rub = (amountMinor: number) => ({ amountMinor, currency: 'RUB' });

/** Sandbox SMSC.ru is tried first, Twilio last. */
const providers = [
  {
    kind: 'smsc',
    name: 'Sandbox SMSC.ru',
    account: SANDBOX_ACCOUNTS.smsc.login,
    secrets: { password: SANDBOX_ACCOUNTS.smsc.password },
    sender: 'Rotadesk',
    priority: 1,
    prices: { '': rub(350) },
  },
  {
    kind: 'smsru',
    name: 'Sandbox sms.ru',
    secrets: { apiId: SANDBOX_ACCOUNTS.smsru.apiId },
    sender: 'Rotadesk',
    priority: 2,
    prices: { '': rub(410) },
  },
  {
    kind: 'twilio',
    name: 'Sandbox Twilio',
    account: SANDBOX_ACCOUNTS.twilio.accountSid,
    secrets: { authToken: SANDBOX_ACCOUNTS.twilio.authToken },
    sender: '+12025550142',
    priority: 3,
    prices: { '': { amountMinor: 5, currency: 'USD' } },
  },
] as const;

const debtEntity = {
  name: 'Demo Collections (debts, RU-230)',
  country: 'RU',
  presets: { debt: ['RU-230'] },
};

interface Provider {
  readonly providerId: string;
  readonly kind: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly callbackUrl: string;
}

const read = async <T>(what: string, answer: Response): Promise<T> => {
  if (!answer.ok) throw new Error(`seeding ${what}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
};

const waits = (what: string, path: string): void =>
  console.log(`${what} waits for another admin, who approves it at ${path}`);

/** With a second admin in the store, where sign-in codes go is proposed: the product starts, with that as it was. */
const readOrWait = async <T>(what: string, answer: Response): Promise<T | undefined> => {
  if (answer.status !== 202) return read(what, answer);
  waits(what, answer.headers.get('location') ?? 'its address');
  return undefined;
};

const send = (method: string, body: object, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers,
  body: JSON.stringify(body),
});

const find = async <T extends { readonly name: string }>(
  ask: Ask,
  path: string,
  name: string,
): Promise<T | undefined> => {
  const { items } = await read<{ items: T[] }>(path, await ask(`${path}?limit=100`));
  return items.find((each) => each.name === name);
};

interface Proposal {
  readonly proposalId: string;
  readonly subject: string;
  readonly inputs: { readonly fields?: { name?: string }; readonly change?: { baseUrl?: string } };
}

/** Whether the same was proposed at an earlier start: once is enough. */
const isProposed = async (
  ask: Ask,
  what: string,
  isSame: (proposal: Proposal) => boolean,
): Promise<boolean> => {
  const path = '/v1/proposals/sms';
  const { items } = await read<{ items: Proposal[] }>(what, await ask(`${path}?state=proposed&limit=100`));
  const same = items.find(isSame);
  if (same) waits(what, `${path}/${same.proposalId}`);
  return same !== undefined;
};

/** A sandbox may have come up on another port than the last time. */
const atItsAddress = async (
  ask: Ask,
  provider: Provider,
  { baseUrl, secrets }: { baseUrl: string; secrets: object },
): Promise<Provider> => {
  if (provider.baseUrl === baseUrl) return provider;
  const isSame = ({ subject, inputs }: Proposal): boolean =>
    subject === `sms-provider/${provider.providerId}` && inputs.change?.baseUrl === baseUrl;
  if (await isProposed(ask, provider.name, isSame)) return provider;
  const path = `/v1/sms-providers/${provider.providerId}`;
  const { headers } = await ask(path);
  const change = send('PATCH', { baseUrl, secrets }, { 'if-match': headers.get('etag') ?? '' });
  return (await readOrWait<Provider>(provider.name, await ask(path, change))) ?? provider;
};

const register = async (
  ask: Ask,
  sandbox: string,
  account: (typeof providers)[number],
): Promise<Provider | undefined> => {
  const baseUrl = `${sandbox}/${account.kind}`;
  const known = await find<Provider>(ask, '/v1/sms-providers', account.name);
  if (known) return atItsAddress(ask, known, { baseUrl, secrets: account.secrets });
  if (await isProposed(ask, account.name, ({ inputs }) => inputs.fields?.name === account.name))
    return undefined;
  const key = { 'idempotency-key': `seed-${account.kind}-${crypto.randomUUID()}` };
  const made = await ask('/v1/sms-providers', send('POST', { ...account, baseUrl }, key));
  return readOrWait(account.name, made);
};

/** As one would in an account at SMSC.ru and sms.ru: where to report to. Twilio is told with each message. */
const enterCallbacks = async (sandbox: string, registered: readonly Provider[]): Promise<void> => {
  const urlOf = (kind: string) => registered.find((each) => each.kind === kind)?.callbackUrl;
  const accounts = {
    smsc: { ...SANDBOX_ACCOUNTS.smsc, callbackUrl: urlOf('smsc') },
    smsru: { ...SANDBOX_ACCOUNTS.smsru, callbackUrl: urlOf('smsru') },
  };
  await read('callbacks', await fetch(`${sandbox}/_control/accounts`, send('POST', accounts)));
};

interface Entity {
  readonly entityId: string;
  readonly name: string;
  readonly providers: readonly { readonly providerId: string }[];
}

const openDebtEntity = async (ask: Ask): Promise<Entity> => {
  const known = await find<Entity>(ask, '/v1/legal-entities', debtEntity.name);
  if (known) return known;
  const key = { 'idempotency-key': `seed-debts-${crypto.randomUUID()}` };
  return read(debtEntity.name, await ask('/v1/legal-entities', send('POST', debtEntity, key)));
};

const link = async (ask: Ask, entity: Entity, providers: readonly Provider[]): Promise<void> => {
  const linked = entity.providers.map(({ providerId }) => providerId);
  for (const { providerId, name } of providers) {
    if (linked.includes(providerId)) continue;
    const path = `/v1/legal-entities/${entity.entityId}/providers/${providerId}`;
    await readOrWait(`${name} for ${entity.name}`, await ask(path, send('PUT', {})));
  }
};

/**
 * Providers and the own entity are an admin's, the other entities a manager's. What another admin must approve is proposed and
 * named on the terminal.
 * @param sandbox address of the sandbox SMS centre.
 */
export async function seedSms(
  { admin, manager }: { admin: Ask; manager: Ask },
  sandbox: string,
): Promise<void> {
  const registered: Provider[] = [];
  for (const account of providers) {
    const provider = await register(admin, sandbox, account);
    if (provider) registered.push(provider);
  }
  await enterCallbacks(sandbox, registered);
  const own = await read<Entity>(OWN, await admin(`/v1/legal-entities/${OWN}`));
  await link(admin, own, registered);
  await link(manager, await openDebtEntity(manager), registered);
}
