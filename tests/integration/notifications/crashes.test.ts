import { composeNotification } from '../../../lib/notifications/compose/compose-notification.ts';
import { sendEmail } from '../../../lib/notifications/emails/send-email.ts';
import { notificationRequested } from '../../../lib/notifications/internal-events.ts';
import { notificationIdOf } from '../../../lib/notifications/model.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { type MailSink, startMailSink } from '../../../localstack/sandboxes/mail/index.ts';
import { drain, startAws, type TestAws, type TestRuntime, tick } from '../../support/aws/index.ts';
import { injectFaults, injectFileFaults, noAnswer } from '../../support/faults.ts';
import { confirmation, MINUTE_MS, mailRuntime, noteOf, publish } from '../../support/notifications.ts';

let aws: TestAws;
let sink: MailSink;

beforeAll(async () => {
  [aws, sink] = await Promise.all([startAws(), startMailSink()]);
});
afterAll(() => sink.stop());

const WRITES = new Set([
  'TransactWriteItemsCommand',
  'DeleteItemCommand',
  'TransactWriteCommand',
  'DeleteCommand',
  'SendMessageBatchCommand',
  'PutObjectCommand',
]);

/** A process that dies before or after its n-th write: from there on nothing of it happens any more. */
const dying = async (n: number, when: 'before' | 'after'): Promise<TestRuntime> => {
  const rt = await mailRuntime(aws, sink);
  let writes = 0;
  let dead = false;
  const decide = (command: string) => {
    if (dead) return { kind: 'instead', error: noAnswer() } as const;
    if (!WRITES.has(command)) return { kind: 'none' } as const;
    writes += 1;
    if (writes < n) return { kind: 'none' } as const;
    dead = true;
    return { kind: when === 'before' ? 'instead' : 'after', error: noAnswer() } as const;
  };
  for (const client of [rt.dynamo, rt.sqs]) injectFaults(client, decide);
  injectFileFaults(rt.filesHttp, decide);
  return rt;
};

/** What a stage does by itself after a crash: queues deliver again, the outbox is swept. */
const recover = async (rt: TestRuntime): Promise<void> => {
  for (let round = 0; round < 3; round += 1) {
    await drain(rt, { advanceMs: 10 * MINUTE_MS, allowFailures: true });
    await tick(rt, 'functions/platform/sweep-outbox.schedule');
  }
  await drain(rt, { advanceMs: 10 * MINUTE_MS, allowFailures: true });
};

const cases = (writes: number) =>
  Array.from({ length: writes }, (_, i) => i + 1).flatMap((n) => [
    [n, 'before'] as const,
    [n, 'after'] as const,
  ]);

/** The request as its consumer gets it; the queue holds it, too, since nobody acknowledged it. */
const published = async (rt: TestRuntime, request: ReturnType<typeof confirmation>) => {
  await publish(rt, notificationRequested.draft(request));
  return { at: instant(rt.clock.nowMs()), data: notificationRequested.schema.parse(request) };
};

test.each(cases(4))(
  'R-NOT-01 composing dies at write %i (%s it): one e-mail all the same',
  async (n, when) => {
    const rt = await mailRuntime(aws, sink);
    const request = confirmation();
    const event = await published(rt, request);
    await composeNotification(await dying(n, when), event).catch(() => {});
    await recover(rt);
    expect(sink.emails(request.recipient.email)).toHaveLength(1);
    expect(await noteOf(rt, request)).toMatchObject({ state: 'sent', attempts: 1 });
  },
);

test.each([
  [1, 'before', 1, 'sent'],
  // The claim stood, the e-mail had not gone: nobody can know that, so it is not sent.
  [1, 'after', 0, 'unknown'],
  // The e-mail had gone, that it had was not written down.
  [2, 'before', 1, 'unknown'],
  [2, 'after', 1, 'sent'],
] as const)(
  'R-NOT-01 handing off dies at write %i (%s it): %i e-mail, %s',
  async (n, when, emails, state) => {
    const rt = await mailRuntime(aws, sink);
    const request = confirmation();
    await composeNotification(rt, await published(rt, request));
    const hand = { notificationId: notificationIdOf(request.key), attempt: 1 };
    await sendEmail(await dying(n, when), hand).catch(() => {});
    await recover(rt);
    expect(sink.emails(request.recipient.email)).toHaveLength(emails);
    expect(await noteOf(rt, request)).toMatchObject({ state, attempts: 1 });
  },
);
