import { instant } from '../../../lib/platform/clock.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import type { ProviderKind } from '../../../lib/sms/core/provider-model.ts';
import { countWrite, noQuota } from '../../../lib/sms/core/quota-repository.ts';
import { handOffEvent } from '../../../lib/sms/internal-events.ts';
import { getSms, smsWrite } from '../../../lib/sms/message-repository.ts';
import { OWN_ENTITY, type Sms, type SmsCategory } from '../../../lib/sms/model.ts';
import { SANDBOX_ACCOUNTS } from '../../../localstack/sandboxes/sms/faults.ts';
import { type RunningCentre, startSmsCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { type TestAws, type TestRuntime, testRuntime } from '../aws/index.ts';
import { newUser } from '../staff.ts';

const SECRETS: Readonly<Record<ProviderKind, object>> = {
  smsc: { account: SANDBOX_ACCOUNTS.smsc.login, secrets: { password: SANDBOX_ACCOUNTS.smsc.password } },
  smsru: { secrets: { apiId: SANDBOX_ACCOUNTS.smsru.apiId } },
  twilio: {
    account: SANDBOX_ACCOUNTS.twilio.accountSid,
    secrets: { authToken: SANDBOX_ACCOUNTS.twilio.authToken },
  },
};

/** A provider's settings as an admin would send them, with an account of the sandbox. */
export const providerBody = (sandbox: RunningCentre, kind: ProviderKind, more: object = {}) => ({
  kind,
  name: `The sandbox's ${kind}`,
  baseUrl: sandbox.api(kind),
  sender: 'Rotadesk',
  ratePerSec: 100,
  concurrency: 4,
  ...SECRETS[kind],
  ...more,
});

export interface AddedProvider {
  readonly id: string;
  readonly callbackUrl: string;
}

/** Adds a provider over HTTP, and tells the sandbox's account where it reports to. */
export const addProvider = async (
  rt: TestRuntime,
  sandbox: RunningCentre,
  kind: ProviderKind,
  more: object = {},
): Promise<AddedProvider> => {
  const answer = await newUser(rt, 'admin').call('POST /v1/sms-providers', {
    key: rt.ids.next('key'),
    body: providerBody(sandbox, kind, more),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  const { providerId: id, callbackUrl } = answer.body;
  if (kind !== 'twilio') {
    const { accounts } = sandbox.centre;
    sandbox.centre.accounts = { ...accounts, [kind]: { ...accounts[kind], callbackUrl } };
  }
  return { id, callbackUrl };
};

/** A sandbox whose messages go on only when told, by the test's clock, and which reports to the product in this process. */
export const sandboxFor = (rt: TestRuntime): Promise<RunningCentre> =>
  startSmsCentre({
    nowMs: () => rt.clock.nowMs(),
    faults: { statusDelayMs: null },
    fetchReport: (url, init) => rt.fetch(url, init),
  });

let phones = 0;
export const aPhone = (): string => {
  phones += 1;
  return `+7916${String(2_000_000 + phones)}`;
};

export interface QueuedSms {
  readonly category?: SmsCategory;
  readonly phone?: string;
  readonly text?: string;
  readonly validSec?: number;
  readonly entityId?: string;
  readonly more?: Partial<Sms>;
}

/** A message as acceptance leaves it, waiting for hand-off, counted on today where its category is counted. */
export const queueSms = async (rt: TestRuntime, wanted: QueuedSms = {}): Promise<Sms> => {
  const { category = 'transactional', phone = aPhone(), validSec = 3600, text = 'Hello' } = wanted;
  const at = instant(rt.clock.nowMs());
  const counted = category === 'debt' || category === 'marketing';
  const sms: Sms = {
    id: rt.ids.next('sms'),
    requestedBy: 'usr_test',
    key: 'key',
    requestHash: 'hash',
    entityId: wanted.entityId ?? OWN_ENTITY,
    category,
    phone,
    country: 'RU',
    text,
    state: 'queued',
    createdAt: at,
    stateAt: at,
    validUntil: instant(rt.clock.nowMs() + validSec * 1000),
    zone: 'Europe/Moscow',
    overCap: 'defer',
    encoding: 'gsm-7',
    parts: 1,
    trace: [],
    judgedAt: at,
    attempts: [],
    accepted: { state: 'queued' },
    version: 1,
    ...(counted && { plannedOn: at.slice(0, 10) }),
    ...wanted.more,
  };
  const count = { quota: noQuota, smsId: sms.id, on: at.slice(0, 10), outdated: [], at };
  await commit(rt, {
    writes: [
      smsWrite(rt, undefined, sms),
      ...(counted ? [countWrite(rt, { ...sms, owner: sms.entityId }, count)] : []),
    ],
    events: [handOffEvent(sms)],
  });
  return sms;
};

export const reread = (rt: TestRuntime, { id }: Pick<Sms, 'id'>): Promise<Sms> => getSms(rt, id);

/** A second sender on the same AWS, by the same clock. */
export const another = (aws: TestAws, rt: TestRuntime): Promise<TestRuntime> =>
  testRuntime(aws, { clock: rt.clock });
