import { emailDue, notificationRequested } from '../../../lib/notifications/internal-events.ts';
import { type MailSink, startMailSink } from '../../../localstack/sandboxes/mail/index.ts';
import { call, drain, startAws, type TestAws, type TestRuntime } from '../../support/aws/index.ts';
import {
  askFor,
  confirmation,
  freshAddress,
  MINUTE_MS,
  mailRuntime,
  noteOf,
  publish,
  sendRaw,
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

const to = (email: string) => confirmation({ recipient: { email } });
const HOUR_MS = 60 * MINUTE_MS;

test('R-NOT-01 a greylisted e-mail is offered again a minute later, and then five minutes later, and arrives once', async () => {
  const email = freshAddress();
  sink.fault({ kind: 'greylist', recipient: email, times: 2 });
  const request = to(email);
  await askFor(rt, request);
  expect(await noteOf(rt, request)).toMatchObject({
    state: 'composed',
    attempts: 1,
    reason: 'refused-for-now',
  });
  await drain(rt, { advanceMs: MINUTE_MS });
  expect(await noteOf(rt, request)).toMatchObject({ state: 'composed', attempts: 2 });
  await drain(rt, { advanceMs: 4 * MINUTE_MS });
  expect(sink.emails(email)).toHaveLength(0);
  await drain(rt, { advanceMs: MINUTE_MS });
  expect(sink.emails(email)).toHaveLength(1);
  expect(await noteOf(rt, request)).toMatchObject({ state: 'sent', attempts: 3 });
});

test('R-NOT-01 an e-mail refused for hours is given up, and stands among the failed', async () => {
  const email = freshAddress();
  sink.fault({ kind: 'refuse', code: 450, text: `4.2.2 <${email}> is full`, recipient: email });
  const request = to(email);
  await askFor(rt, request);
  await drain(rt, { advanceMs: 6 * HOUR_MS });
  const note = await noteOf(rt, request);
  expect(note).toMatchObject({ state: 'failed', attempts: 18, reason: 'refused-too-long' });
  expect(note.answer).toBe('450 4.2.2 <***> is full');
});

test.each(['recipient', 'data'] as const)(
  'R-NOT-01 a permanent refusal (%s) is not tried again, and managers see it with the reason',
  async (stage) => {
    const email = freshAddress();
    sink.fault({ kind: 'refuse', stage, recipient: email, text: `5.1.1 <${email}> unknown` });
    const request = to(email);
    await askFor(rt, request);
    await drain(rt, { advanceMs: HOUR_MS });
    expect(sink.emails(email)).toEqual([]);
    const token = await rt.token({ id: 'usr_m', roles: ['manager'] });
    const { body } = await call(rt, 'GET /v1/notifications?trouble=failed&limit=100', { token });
    expect(body.items).toContainEqual(
      expect.objectContaining({
        email,
        state: 'failed',
        reason: 'refused',
        attempts: 1,
        answer: '550 5.1.1 <***> unknown',
      }),
    );
  },
);

test('R-NOT-01 a lost answer is unknown, is visible, and is never sent again', async () => {
  const email = freshAddress();
  sink.fault({ kind: 'lose', recipient: email, times: 1 });
  const request = to(email);
  await askFor(rt, request);
  expect(await noteOf(rt, request)).toMatchObject({ state: 'unknown', reason: 'answer-lost', attempts: 1 });
  await publish(rt, notificationRequested.draft(request));
  await drain(rt, { advanceMs: HOUR_MS });
  expect(sink.emails(email)).toHaveLength(1);
  expect(await noteOf(rt, request)).toMatchObject({ state: 'unknown', attempts: 1 });
});

test('R-NOT-01 a mail server that cannot be reached delays the e-mail, and loses nothing', async () => {
  const gone = await startMailSink();
  await gone.stop();
  const cut = await mailRuntime(aws, gone);
  const request = to(freshAddress());
  await askFor(cut, request);
  expect(await noteOf(cut, request)).toMatchObject({ state: 'composed', attempts: 1 });
  rt.clock.moveTo(cut.clock.nowMs() + 2 * MINUTE_MS);
  await cut.held.release(rt.clock.nowMs());
  await drain(rt);
  expect(sink.emails(request.recipient.email)).toHaveLength(1);
});

test('R-NOT-01 nothing is sent later than it is valid', async () => {
  const email = freshAddress();
  sink.fault({ kind: 'greylist', recipient: email, times: 1 });
  const request = to(email);
  await askFor(rt, request);
  rt.clock.moveTo(rt.clock.nowMs() + 25 * HOUR_MS);
  await drain(rt, { advanceMs: 1 });
  expect(await noteOf(rt, request)).toMatchObject({ state: 'expired', reason: 'too-late' });
  expect(sink.emails(email)).toEqual([]);
});

test('R-NOT-01 a message that comes again, or of an earlier attempt, sends nothing', async () => {
  const request = to(freshAddress());
  await askFor(rt, request);
  const { id, email } = await noteOf(rt, request);
  const again = (attempt: number) => ({
    id: 'evt_again',
    type: emailDue.name,
    at: new Date(rt.clock.nowMs()).toISOString(),
    data: { notificationId: id, attempt },
  });
  await Promise.all([1, 1, 2].map((attempt) => sendRaw(rt, 'emails', again(attempt))));
  await drain(rt);
  expect(sink.emails(email)).toHaveLength(1);
});

test('R-NOT-01 two deliveries of one message at the same moment hand the e-mail off once', async () => {
  const email = freshAddress();
  sink.fault({ kind: 'delay', ms: 300, recipient: email, times: 1 });
  const request = to(email);
  await publish(rt, notificationRequested.draft(request), notificationRequested.draft(request));
  const twin = await mailRuntime(aws, sink);
  const drained = await Promise.all([
    drain(rt, { allowFailures: true }),
    drain(twin, { allowFailures: true }),
  ]);
  expect(drained).toHaveLength(2);
  await Promise.all([
    drain(rt, { advanceMs: 10 * MINUTE_MS, allowFailures: true }),
    drain(twin, { advanceMs: 10 * MINUTE_MS, allowFailures: true }),
  ]);
  expect(sink.emails(email)).toHaveLength(1);
  expect(await noteOf(rt, request)).toMatchObject({ state: 'sent', attempts: 1 });
});
