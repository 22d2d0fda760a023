import { epochMs } from '../../lib/platform/clock.ts';
import { quotas } from '../../lib/sms/core/quota-repository.ts';
import type { SmsCategory } from '../../lib/sms/model.ts';
import {
  type Answer,
  ManualClock,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from './aws/index.ts';
import { newUser, type TestUser } from './staff.ts';

/** A working Monday, an hour into the hours that are legal everywhere in Russia (06:00–10:00 UTC). */
export const LAWFUL_MONDAY = '2026-03-02T07:00:00.000Z';

export interface SmsWorld {
  readonly aws: TestAws;
  readonly rt: TestRuntime;
  readonly manager: TestUser;
  readonly admin: TestUser;
  readonly providerId: string;
}

const created = ({ status, body }: Answer) => {
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};

export const create = async (rt: TestRuntime, by: TestUser, path: string, body: unknown) =>
  created(await by.call(`POST ${path}`, { key: rt.ids.next('key'), body }));

/** A provider that answers nothing: messages are registered here, not sent. */
export const addDeafProvider = async (rt: TestRuntime, admin: TestUser, more: object = {}): Promise<string> =>
  (
    await create(rt, admin, '/v1/sms-providers', {
      kind: 'smsru',
      name: 'Deaf',
      baseUrl: 'http://127.0.0.1:1/smsru',
      secrets: { apiId: 'nobody' },
      prices: { '': { amountMinor: 400, currency: 'RUB' }, '7': { amountMinor: 250, currency: 'RUB' } },
      ...more,
    })
  ).providerId;

/** Tables of its own, a manager, an admin, one provider; the clock stands at `at`. */
export const smsWorld = async (
  at = LAWFUL_MONDAY,
  env: Readonly<Record<string, string>> = {},
): Promise<SmsWorld> => {
  const aws = await startAws();
  const rt = await testRuntime(aws, { clock: new ManualClock(epochMs(at)), env });
  const [manager, admin] = [newUser(rt, 'manager'), newUser(rt, 'admin')];
  return { aws, rt, manager, admin, providerId: await addDeafProvider(rt, admin) };
};

/** An entity that may use the world's provider. */
export const addEntity = async (
  { rt, manager, providerId }: SmsWorld,
  more: object = {},
): Promise<string> => {
  const body = { name: 'Collect LLC', country: 'RU', presets: { debt: ['RU-230'] }, ...more };
  const { entityId } = await create(rt, manager, '/v1/legal-entities', body);
  await manager.call(`PUT /v1/legal-entities/${entityId}/providers/${providerId}`, { body: {} });
  return entityId;
};

export const smsBody = (entityId: string, more: object = {}) => ({
  entityId,
  category: 'debt',
  phone: '+79161234567',
  text: 'Collect LLC: please call +7 495 000-00-00 about your debt.',
  ...more,
});

/** Registers a message and gives the answer's body. */
export const register = ({ rt, manager }: SmsWorld, entityId: string, more: object = {}) =>
  create(rt, manager, '/v1/sms', smsBody(entityId, more));

/** What is counted for an entity or group, and a phone: message → day. */
export const countedFor = async (
  rt: TestRuntime,
  owner: string,
  phone = '+79161234567',
  category: SmsCategory = 'debt',
): Promise<Readonly<Record<string, string>>> =>
  (await quotas.find(rt, { owner, phone, category }))?.planned ?? {};

/** Another runtime on the same AWS, at the same moment. */
export const besides = ({ aws, rt }: SmsWorld): Promise<TestRuntime> =>
  testRuntime(aws, { clock: new ManualClock(rt.clock.nowMs()) });
