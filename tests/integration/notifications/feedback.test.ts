import { type MailSink, startMailSink } from '../../../localstack/sandboxes/mail/index.ts';
import { call, drain, startAws, type TestAws, type TestRuntime } from '../../support/aws/index.ts';
import {
  askFor,
  confirmation,
  freshAddress,
  mailRuntime,
  noteOf,
  publish,
  sendRaw,
  userFactOf,
} from '../../support/notifications.ts';

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

/** As EventBridge brings it; the inner event after the examples of the SES Developer Guide. */
const sesEvent = (notificationId: string, eventType: string, rest: object = {}) => ({
  version: '0',
  id: '12a18625-3fec-fea9-9e53-0d78e8dd3ea6',
  'detail-type': `Email ${eventType}`,
  source: 'aws.ses',
  account: '123456789012',
  time: '2026-01-05T08:00:00Z',
  region: 'eu-central-1',
  resources: ['arn:aws:ses:eu-central-1:123456789012:configuration-set/test'],
  detail: {
    eventType,
    mail: {
      timestamp: '2026-01-05T08:00:00.000Z',
      source: 'no-reply@rotadesk.example',
      messageId: '010701-1-000000',
      destination: ['recipient@example.com'],
      tags: { 'ses:configuration-set': ['test'], notification: [notificationId] },
    },
    ...rest,
  },
});

const bounce = (bounceType: string, bounceSubType = 'General') => ({
  bounce: {
    bounceType,
    bounceSubType,
    bouncedRecipients: [{ emailAddress: 'recipient@example.com', action: 'failed', status: '5.1.1' }],
    timestamp: '2026-01-05T08:00:39.669Z',
    feedbackId: '01000157c44f053b',
  },
});

const sent = async (asked: Parameters<typeof confirmation>[0] = {}) => {
  const request = confirmation(asked);
  await askFor(rt, request);
  return { request, note: await noteOf(rt, request) };
};

const tell = async (...events: object[]): Promise<void> => {
  for (const event of events) {
    await sendRaw(rt, 'email-events', event);
    await drain(rt);
  }
};

test.each([
  ['Delivery', {}, { state: 'delivered' }],
  ['Bounce', bounce('Permanent'), { state: 'bounced', reason: 'bounced-permanent-general' }],
  [
    'Bounce',
    bounce('Transient', 'MailboxFull'),
    { state: 'bounced', reason: 'bounced-transient-mailbox-full' },
  ],
  ['Complaint', { complaint: {} }, { state: 'complained', reason: 'marked-as-spam' }],
  ['Reject', { reject: { reason: 'Bad content' } }, { state: 'failed' }],
  ['Open', { open: {} }, { state: 'sent' }],
] as const)('R-NOT-01 SES tells of %s (%#): the notification says so', async (eventType, rest, expected) => {
  const { request, note } = await sent();
  await tell(sesEvent(note.id, eventType, rest), sesEvent(note.id, eventType, rest));
  expect(await noteOf(rt, request)).toMatchObject(expected);
});

test('R-NOT-01 news that comes late does not go back: a bounce stays one', async () => {
  const { request, note } = await sent();
  await tell(sesEvent(note.id, 'Bounce', bounce('Permanent')), sesEvent(note.id, 'Delivery'));
  expect(await noteOf(rt, request)).toMatchObject({ state: 'bounced' });
});

test('R-NOT-01 an e-mail whose hand-off was unknown is known again', async () => {
  const email = freshAddress();
  sink.fault({ kind: 'lose', recipient: email, times: 1 });
  const { request, note } = await sent({ recipient: { email } });
  expect(note.state).toBe('unknown');
  await tell(sesEvent(note.id, 'Delivery'));
  expect(await noteOf(rt, request)).toMatchObject({ state: 'delivered' });
});

test('R-NOT-01 after a permanent bounce no e-mail goes to that address; what is essential goes as SMS', async () => {
  const email = freshAddress();
  const { note } = await sent({ recipient: { email } });
  await tell(sesEvent(note.id, 'Bounce', bounce('Permanent')));
  const again = await sent({ recipient: { email: email.toUpperCase() } });
  expect(again.note).toMatchObject({ state: 'undeliverable', reason: 'address-stopped' });
  const user = userFactOf({ email });
  await publish(rt, user);
  await drain(rt);
  const recipient = { userId: user.data.userId };
  const welcome = await sent({ template: 'staff-welcome', channel: 'auto', recipient, tokenRef: undefined });
  expect(welcome.note).toMatchObject({ channel: 'sms', state: 'handed' });
  expect(sink.emails(email)).toHaveLength(1);
});

test('R-NOT-01 a full mailbox stops nothing', async () => {
  const email = freshAddress();
  const { note } = await sent({ recipient: { email } });
  await tell(sesEvent(note.id, 'Bounce', bounce('Transient', 'MailboxFull')));
  expect((await sent({ recipient: { email } })).note).toMatchObject({ state: 'sent' });
});

test('R-NOT-01 e-mails of others are none of ours; a user’s and the troubled ones can be looked up', async () => {
  const email = freshAddress();
  const user = userFactOf({ email });
  await publish(rt, user);
  await drain(rt);
  const { userId } = user.data;
  const { note } = await sent({ recipient: { userId }, channel: 'auto', template: 'staff-welcome' });
  const other = sesEvent(note.id, 'Bounce', bounce('Permanent'));
  await tell({ ...other, detail: { ...other.detail, mail: { tags: {} } } });
  const token = await rt.token({ id: 'usr_m', roles: ['manager'] });
  const list = await call(rt, `GET /v1/notifications?userId=${userId}`, { token });
  expect(list.body.items).toEqual([
    expect.objectContaining({ notificationId: note.id, state: 'sent', email }),
  ]);
  await tell(other);
  const troubled = await call(rt, 'GET /v1/notifications?trouble=bounced', { token });
  expect(troubled.body.items).toContainEqual(expect.objectContaining({ notificationId: note.id }));
});
