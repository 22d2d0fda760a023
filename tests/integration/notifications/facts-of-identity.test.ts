import {
  emailConfirmationRequested,
  staffCreated,
  userChangedByAdmin,
} from '../../../lib/identity/events.ts';
import { notificationRequested } from '../../../lib/notifications/internal-events.ts';
import { deriveToken } from '../../../lib/platform/secrets/index.ts';
import { smsRequested } from '../../../lib/sms/events.ts';
import { type MailSink, startMailSink } from '../../../localstack/sandboxes/mail/index.ts';
import { drain, startAws, type TestAws, type TestRuntime } from '../../support/aws/index.ts';
import {
  fresh,
  freshAddress,
  mailRuntime,
  noteOf,
  publish,
  userFactOf,
  watchQueues,
} from '../../support/notifications.ts';
import { ofType } from '../../support/staff.ts';

let aws: TestAws;
let sink: MailSink;
let rt: TestRuntime;

beforeAll(async () => {
  [aws, sink] = await Promise.all([startAws(), startMailSink()]);
});
beforeEach(async () => {
  rt = await mailRuntime(aws, sink);
});
afterAll(() => sink.stop());

/** Delivered twice, as queues may. */
const happens = async (...events: Parameters<typeof publish>[1][]): Promise<void> => {
  await publish(rt, ...events, ...events);
  await drain(rt);
};

const known = async (email: string): Promise<string> => {
  const fact = userFactOf({ email, roles: ['admin'] });
  await publish(rt, fact);
  await drain(rt);
  return fact.data.userId;
};

test('R-NOT-02 R-AUTH-03 an address to be confirmed gets one e-mail with its link, in the person’s language', async () => {
  const [email, ref] = [freshAddress(), fresh('emp')];
  const tokenRef = { purpose: 'email-confirmation', ref };
  const data = { userId: fresh('usr'), email, name: 'Анна', locale: 'ru' as const, tokenRef };
  await happens(emailConfirmationRequested.draft(data));
  expect(sink.emails(email)).toHaveLength(1);
  const { text, subject } = sink.emails(email)[0] ?? {};
  expect(subject).toBe('Подтвердите адрес электронной почты');
  expect(text).toContain('Здравствуйте, Анна!');
  expect(text).toContain(`/v1/email-confirmations/${await deriveToken(rt, 'email-confirmation', ref)}`);
});

test('R-NOT-02 somebody whose staff account was made is told once, by SMS while there is no address', async () => {
  const queues = watchQueues(rt);
  const userId = fresh('usr');
  await happens(staffCreated.draft({ userId, phone: '+79160000017', name: 'Emma', locale: 'en' }));
  expect(await noteOf(rt, { key: `${userId}.welcome` })).toMatchObject({ channel: 'sms', state: 'handed' });
  const asked = queues.bodies('sms-events').filter(({ type }) => type === smsRequested.name);
  expect(asked.map(({ data }) => data.phone)).toEqual(['+79160000017']);
});

test('R-AUTH-05 R-NOT-02 each admin is written to once of one change of an account', async () => {
  const addresses = [freshAddress(), freshAddress()];
  const adminIds = await Promise.all(addresses.map(known));
  const change = { userId: fresh('usr'), version: 7, byId: adminIds[0] ?? '', adminIds };
  await happens(userChangedByAdmin.draft({ ...change, action: 'user.locked' }));
  for (const email of addresses) {
    expect(sink.emails(email)).toHaveLength(1);
    expect(sink.emails(email)[0]?.text).toContain(change.userId);
  }
  await happens(userChangedByAdmin.draft({ ...change, version: 8, action: 'user.unlocked' }));
  for (const email of addresses) expect(sink.emails(email)).toHaveLength(2);
});

test('R-NOT-02 however many admins there are, each is asked for', async () => {
  const queues = watchQueues(rt);
  const adminIds = Array.from({ length: 250 }, () => fresh('usr'));
  const change = { userId: fresh('usr'), version: 2, byId: 'usr_1', adminIds, action: 'user.locked' };
  await happens(userChangedByAdmin.draft(change));
  const asked = ofType(queues.bodies('notifications'), notificationRequested);
  const told = new Set(asked.map(({ data }) => data.recipient.userId));
  expect([...told].toSorted()).toEqual(adminIds.toSorted());
});
