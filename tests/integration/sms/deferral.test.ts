import { PurgeQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { instant } from '../../../lib/platform/clock.ts';
import { queueUrl } from '../../../lib/platform/config.ts';
import type { EventDraft } from '../../../lib/platform/events/event.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { smsIdOf } from '../../../lib/sms/acceptance/draft.ts';
import { type SmsRequest, smsRequested } from '../../../lib/sms/events.ts';
import { smsDue } from '../../../lib/sms/internal-events.ts';
import { findSms } from '../../../lib/sms/message-repository.ts';
import { OWN_ENTITY } from '../../../lib/sms/model.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { drain, tick } from '../../support/aws/index.ts';
import { addEntity, create, register, type SmsWorld, smsWorld } from '../../support/sms.ts';
import { addProvider, sandboxFor } from '../../support/sms-sending/world.ts';
import { listenToEvents, ofType } from '../../support/staff.ts';

let world: SmsWorld;
let sandbox: RunningCentre;
let providerId: string;

beforeEach(async () => {
  world = await smsWorld('2026-03-02T12:00:00.000Z');
  sandbox = await sandboxFor(world.rt);
  ({ id: providerId } = await addProvider(world.rt, sandbox, 'smsc', { priority: 1 }));
  world = { ...world, providerId };
});
afterEach(() => sandbox.stop());

const PHONE = '+79161234567';
const inbox = () => sandbox.centre.inbox(PHONE);

/** The clock reaches an instant, a tick comes, and what it set going runs. */
const at = async (text: string): Promise<void> => {
  await drain(world.rt, { advanceTo: Date.parse(text) });
  await tick(world.rt, 'functions/sms/tick.schedule');
  await drain(world.rt, { advanceMs: 1000 });
};

describe('the tick', () => {
  test('R-SMS-06 a deferred message goes out at its next legal moment, not before, and once', async () => {
    const entityId = await addEntity(world);
    const { smsId, nextAllowedAt } = await register(world, entityId);
    expect(nextAllowedAt).toBe('2026-03-03T06:00:00.000Z');
    await at('2026-03-03T05:58:00.000Z');
    expect([inbox().length, (await findSms(world.rt, smsId))?.state]).toEqual([0, 'deferred']);
    await at('2026-03-03T05:59:30.000Z');
    expect(inbox()).toHaveLength(0);
    await drain(world.rt, { advanceTo: Date.parse('2026-03-03T06:00:01.000Z') });
    expect(inbox()).toHaveLength(1);
    await at('2026-03-03T06:01:00.000Z');
    await at('2026-03-03T06:02:00.000Z');
    expect(inbox()).toHaveLength(1);
    expect(await findSms(world.rt, smsId)).toMatchObject({ state: 'sent', plannedOn: '2026-03-03' });
  });

  test('R-SMS-06 ticks over a queue that is behind remind of a message once in five minutes', async () => {
    const entityId = await addEntity(world);
    await register(world, entityId);
    const received = listenToEvents(world.rt);
    world.rt.clock.moveTo(Date.parse('2026-03-03T06:00:10.000Z'));
    for (let minute = 0; minute < 5; minute += 1) {
      await tick(world.rt, 'functions/sms/tick.schedule');
      expect(ofType(received, smsDue)).toHaveLength(1);
      world.rt.clock.move(45_000);
    }
    world.rt.clock.move(120_000);
    await tick(world.rt, 'functions/sms/tick.schedule');
    expect(ofType(received, smsDue)).toHaveLength(2);
  });

  test('R-SMS-06 a window narrowed while a message waits holds it longer', async () => {
    const entityId = await addEntity(world);
    const { smsId } = await register(world, entityId, { validitySec: 5 * 86_400 });
    const { manager } = world;
    const later = { window: { from: '18:00', to: '19:00' } };
    await manager.call(`PUT /v1/sms-recipients/${PHONE.slice(1)}`, { body: { zone: 'Europe/Moscow' } });
    const { headers } = await manager.call('GET /v1/sms-settings');
    expect(
      (await manager.call('PATCH /v1/sms-settings', { ifMatch: headers.etag, body: later })).status,
    ).toBe(200);
    await at('2026-03-03T06:00:00.000Z');
    expect(await findSms(world.rt, smsId)).toMatchObject({
      state: 'deferred',
      nextAllowedAt: '2026-03-03T15:00:00.000Z',
    });
    await at('2026-03-03T15:00:00.000Z');
    expect(inbox()).toHaveLength(1);
  });

  test('R-SMS-09 a message nobody could hand over expires with its validity, and is not sent late', async () => {
    const { entityId } = await create(world.rt, world.manager, '/v1/legal-entities', {
      name: 'X',
      country: 'RU',
    });
    await world.manager.call(`PUT /v1/legal-entities/${entityId}/providers/${providerId}`, { body: {} });
    const { smsId } = await register(world, entityId, { category: 'transactional', validitySec: 60 });
    const { rt } = world;
    // The queue has lost its message.
    await rt.sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl(rt.env, 'sms-transactional') }));
    await at('2026-03-02T12:01:30.000Z');
    expect(await findSms(rt, smsId)).toMatchObject({ state: 'expired', reason: 'validity' });
    expect(inbox()).toHaveLength(0);
  });
});

describe('requests of other modules', () => {
  const request = (more: Partial<SmsRequest> = {}): SmsRequest => ({
    key: 'chl_1',
    requestedBy: 'identity',
    entityId: OWN_ENTITY,
    category: 'otp',
    phone: PHONE,
    text: 'Your code: {code}',
    challengeId: 'chl_1',
    validUntil: instant(world.rt.clock.nowMs() + 300_000),
    ...more,
  });
  const publish = (...events: EventDraft[]) => commit(world.rt, { writes: [], events });

  test('R-SMS-01 R-SMS-09 the same event twice is one message; the code is in the phone and nowhere in the store', async () => {
    await publish(smsRequested.draft(request()), smsRequested.draft(request()));
    await publish(smsRequested.draft(request()));
    await drain(world.rt);
    const [message, ...more] = inbox();
    expect(more).toEqual([]);
    const code = /\d{6}/.exec(message?.text ?? '')?.[0] ?? 'none';
    const stored = await findSms(world.rt, smsIdOf('identity', 'chl_1'));
    expect(stored).toMatchObject({ state: 'sent', text: 'Your code: {code}' });
    expect(JSON.stringify(stored)).not.toContain(code);
  });

  test('R-SMS-09 a request that comes after its validity is denied, not sent late', async () => {
    await publish(smsRequested.draft(request({ validUntil: instant(world.rt.clock.nowMs() - 1) })));
    await drain(world.rt);
    expect(inbox()).toEqual([]);
    const stored = await findSms(world.rt, smsIdOf('identity', 'chl_1'));
    expect(stored).toMatchObject({ state: 'denied', reason: 'validity' });
  });

  test('R-SMS-01 a request nobody can carry out ends among the rejected, with the reason', async () => {
    await publish(smsRequested.draft(request({ phone: '+74951234567' })));
    await drain(world.rt);
    const { Messages = [] } = await world.rt.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl(world.rt.env, 'rejected'), MaxNumberOfMessages: 10 }),
    );
    expect(Messages.map(({ Body }) => JSON.parse(Body ?? '{}').reason?.code)).toEqual(['phone-not-mobile']);
  });

  test('R-SMS-09 a transactional request goes by its own lane', async () => {
    const { challengeId, ...plain } = request({ key: 'note_1', category: 'transactional', text: 'Hello' });
    await publish(smsRequested.draft(plain));
    await drain(world.rt);
    expect(inbox().map(({ text }) => text)).toEqual(['Hello']);
  });
});
