import { notificationRequested } from '../../../lib/notifications/internal-events.ts';
import { createLog } from '../../../lib/platform/log.ts';
import { deriveToken } from '../../../lib/platform/secrets/index.ts';
import { startMailSink } from '../../../localstack/sandboxes/mail/index.ts';
import { drain, startAws, tick } from '../../support/aws/index.ts';
import {
  askFor,
  confirmation,
  MINUTE_MS,
  mailRuntime,
  publish,
  userFactOf,
} from '../../support/notifications.ts';

test('R-NOT-01 no address, name, phone or link token reaches the log, whatever the mail server says', async () => {
  const lines: string[] = [];
  const sink = await startMailSink();
  const quiet = await mailRuntime(await startAws(), sink);
  const log = createLog(
    { LOG_LEVEL: 'DEBUG' },
    { write: (line) => lines.push(line), nowMs: () => quiet.clock.nowMs() },
  );
  const rt = { ...quiet, log };
  const email = 'canary.address@emails.example';
  const request = (asked = {}) =>
    confirmation({ recipient: { email }, data: { name: 'CANARY-NAME' }, ...asked });
  const good = request();
  await askFor(rt, good);
  for (const fault of [
    { kind: 'refuse', text: `5.1.1 <${email}> unknown` },
    { kind: 'greylist', text: `4.7.1 <${email}> later` },
    { kind: 'lose' },
    { kind: 'cut' },
  ] as const) {
    sink.fault({ ...fault, times: 1 });
    await publish(rt, notificationRequested.draft(request()));
    await drain(rt, { advanceMs: 5 * MINUTE_MS });
  }
  const broken = { ...request(), template: 'reply-waiting' as const, data: { count: email } };
  await publish(rt, notificationRequested.draft(broken), userFactOf({ email, phone: '+79161234567' }));
  await publish(rt, notificationRequested.draft({ ...request(), recipient: { email: `${email}\r\n` } }));
  await drain(rt);
  await tick(rt, 'functions/platform/sweep-outbox.schedule');
  await sink.stop();

  const all = lines.join('\n');
  expect(lines.length).toBeGreaterThan(20);
  const token = await deriveToken(rt, 'email-confirmation', good.tokenRef!.ref);
  for (const word of ['canary.address', 'emails.example', 'CANARY-NAME', '79161234567', token]) {
    expect(all).not.toContain(word);
  }
});
