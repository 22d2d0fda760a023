import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type Clock, epochMs, instant, systemClock } from '../../lib/platform/clock.ts';
import { sendEvents } from '../../lib/platform/events/send.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { seal } from '../../lib/platform/secrets/index.ts';
import type { Write } from '../../lib/platform/storage/write.ts';
import type { Provider } from '../../lib/sms/core/provider-model.ts';
import { smsTable } from '../../lib/sms/core/table.ts';
import { handOffEvent } from '../../lib/sms/internal-events.ts';
import { smsWrite } from '../../lib/sms/message-repository.ts';
import { OWN_ENTITY, type Sms } from '../../lib/sms/model.ts';
import { providerWrite, secretPlace } from '../../lib/sms/providers/provider-repository.ts';
import { SECRETS_PURPOSE } from '../../lib/sms/providers/secrets-purpose.ts';
import { type RunningCentre, SANDBOX_ACCOUNTS } from '../../localstack/sandboxes/sms/index.ts';

/** A working Tuesday, noon in Moscow: no law holds anything up, whenever the measurement is taken. */
export const LAWFUL_NOON = '2026-03-03T09:00:00.000Z';

/** Time runs as it does, from another day on. */
export const clockFrom = (at: string): Clock => {
  const offsetMs = epochMs(at) - Date.now();
  return { nowMs: () => Date.now() + offsetMs, sleep: systemClock.sleep };
};

const BATCH = 25;
const AT_ONCE = 8;

const inParallel = async (count: number, work: (index: number) => Promise<unknown>): Promise<void> => {
  let next = 0;
  const one = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
};

/** Puts items as they are, past all conditions, 25 at a time. */
export const putItems = async (
  rt: Runtime,
  count: number,
  writeOf: (index: number) => Write,
): Promise<void> => {
  const table = smsTable(rt);
  await inParallel(Math.ceil(count / BATCH), async (batch) => {
    const last = Math.min(count, (batch + 1) * BATCH);
    const requests = Array.from({ length: last - batch * BATCH }, (_, index) => ({
      PutRequest: { Item: writeOf(batch * BATCH + index).Put?.Item },
    }));
    await rt.dynamo.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  });
};

/** A phone of nobody's, one per number. */
export const phoneOf = (number: number): string => `+7900${String(number).padStart(7, '0')}`;

/** A message as acceptance leaves it. */
export const queuedSms = (rt: Runtime, number: number, more: Partial<Sms> = {}): Sms => {
  const at = instant(rt.clock.nowMs());
  return {
    id: rt.ids.next('sms'),
    requestedBy: 'bench',
    key: String(number),
    requestHash: 'none',
    entityId: OWN_ENTITY,
    category: 'debt',
    phone: phoneOf(number),
    country: 'RU',
    zone: 'Europe/Moscow',
    text: 'Collect LLC: please call +7 495 000-00-00 about your debt.',
    state: 'queued',
    createdAt: at,
    stateAt: at,
    validUntil: instant(rt.clock.nowMs() + 24 * 3600 * 1000),
    overCap: 'defer',
    encoding: 'gsm-7',
    parts: 1,
    trace: [],
    judgedAt: at,
    attempts: [],
    accepted: { state: 'queued' },
    version: 1,
    ...more,
  };
};

/** So many messages in the table and in the queue. */
export const queueBacklog = async (rt: Runtime, count: number): Promise<void> => {
  const all = Array.from({ length: count }, (_, number) => queuedSms(rt, number));
  await putItems(rt, count, (index) => smsWrite(rt, undefined, all[index] as Sms));
  const at = instant(rt.clock.nowMs());
  const HUNDRED = 100;
  await inParallel(Math.ceil(count / HUNDRED), (batch) =>
    sendEvents(
      rt,
      all.slice(batch * HUNDRED, (batch + 1) * HUNDRED).map((sms) => {
        const draft = handOffEvent(sms);
        return { id: rt.ids.next('evt'), at, ...draft, data: { ...draft.data } };
      }),
    ),
  );
};

/** A provider of the registry whose API is the sandbox's SMSC.ru. */
export const addProvider = async (
  rt: Runtime,
  sandbox: RunningCentre | undefined,
  settings: Pick<Provider, 'ratePerSec' | 'concurrency'>,
): Promise<Provider> => {
  const id = rt.ids.next('prv');
  const { login, password } = SANDBOX_ACCOUNTS.smsc;
  const provider: Provider = {
    id,
    kind: 'smsc',
    name: 'Measured',
    ...(sandbox && { baseUrl: sandbox.api('smsc') }),
    account: login,
    sender: 'Bench',
    priority: 1,
    prices: { '7': { amountMinor: 410, currency: 'RUB' } },
    options: {},
    secrets: { password: await seal(rt, SECRETS_PURPOSE, password, secretPlace(id, 'password')) },
    createdAt: instant(rt.clock.nowMs()),
    version: 1,
    ...settings,
  };
  await putItems(rt, 1, () => providerWrite(rt, undefined, provider));
  return provider;
};
