import { messageDelivered, replyPosted, ticketOverdue } from '../../../lib/desk/events.ts';
import { type MailSink, startMailSink } from '../../../localstack/sandboxes/mail/index.ts';
import { drain, startAws, type TestAws, type TestRuntime } from '../../support/aws/index.ts';
import {
  fresh,
  freshAddress,
  MINUTE_MS,
  mailRuntime,
  publish,
  userFactOf,
} from '../../support/notifications.ts';
import { comeOnline, hire, newUser, openDesk } from '../../support/staff.ts';

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

const now = (): string => new Date(rt.clock.nowMs()).toISOString();

const know = async (known: Parameters<typeof userFactOf>[0]): Promise<string> => {
  const event = userFactOf(known);
  await publish(rt, event);
  await drain(rt);
  return event.data.userId;
};

describe('R-NOT-02 a reply waits for a client who is away', () => {
  const reply = (ticketId: string, clientId: string, messageId = fresh('msg')) =>
    replyPosted.draft({ ticketId, clientId, messageId, executorId: 'usr_e', at: now() });
  const clientWrote = (ticketId: string) =>
    messageDelivered.draft({
      messageId: fresh('msg'),
      ticketId,
      deskId: 'main',
      executorId: 'usr_e',
      urgent: false,
    });

  test('replies of five minutes are one e-mail, which counts them', async () => {
    const email = freshAddress();
    const clientId = await know({ email, name: 'Анна', locale: 'ru' });
    const ticketId = fresh('tkt');
    const first = reply(ticketId, clientId);
    await publish(rt, first, reply(ticketId, clientId), first);
    await drain(rt, { advanceMs: 4 * MINUTE_MS });
    await publish(rt, reply(ticketId, clientId));
    await drain(rt);
    expect(sink.emails(email)).toEqual([]);
    // Whoever lost a race slept a little, and the clock with them.
    await drain(rt, { advanceMs: MINUTE_MS + 1_000 });
    expect(sink.emails(email)).toHaveLength(1);
    expect(sink.emails(email)[0]).toMatchObject({
      subject: 'Вам ответили',
      text: expect.stringContaining('3 новых ответа'),
    });
  });

  test('no e-mail when the client has written meanwhile, whichever news comes first', async () => {
    const email = freshAddress();
    const clientId = await know({ email });
    const [ticketId, other] = [fresh('tkt'), fresh('tkt')];
    const late = reply(other, clientId);
    await publish(rt, reply(ticketId, clientId));
    await drain(rt, { advanceMs: MINUTE_MS });
    await publish(rt, clientWrote(ticketId), clientWrote(other));
    await drain(rt);
    await publish(rt, late);
    await drain(rt, { advanceMs: 20 * MINUTE_MS });
    expect(sink.emails(email)).toEqual([]);
  });

  test('a reply after the e-mail is told of, at the earliest a quarter of an hour later; an old one that comes again is not', async () => {
    const email = freshAddress();
    const clientId = await know({ email });
    const ticketId = fresh('tkt');
    const first = reply(ticketId, clientId);
    await publish(rt, first);
    await drain(rt, { advanceMs: 5 * MINUTE_MS });
    await publish(rt, first, reply(ticketId, clientId));
    await drain(rt, { advanceMs: 14 * MINUTE_MS });
    expect(sink.emails(email)).toHaveLength(1);
    await drain(rt, { advanceMs: MINUTE_MS });
    expect(sink.emails(email)).toHaveLength(2);
    expect(sink.emails(email)[0]?.text).toContain('1 new reply.');
  });

  test('from the desk’s own endpoint to the e-mail', async () => {
    const client = newUser(rt, 'client');
    const email = freshAddress();
    await know({ userId: client.id, email });
    const executor = await hire(rt, newUser(rt, 'manager'));
    await comeOnline(executor);
    await client.call('POST /v1/messages', { key: fresh('k'), body: { text: 'The heating is cold.' } });
    await drain(rt);
    const { body } = await executor.call('GET /v1/tickets');
    const path = `POST /v1/tickets/${body.items[0].ticketId}/replies`;
    const options = { key: fresh('k'), body: { text: 'We are on our way.' } };
    expect((await executor.call(path, options)).status).toBe(201);
    expect((await executor.call(path, options)).status).toBe(201);
    await drain(rt, { advanceMs: 5 * MINUTE_MS, allowFailures: true });
    expect(sink.emails(email)).toHaveLength(1);
    expect(sink.emails(email)[0]?.raw).not.toContain('on our way');
  });
});

describe('R-NOT-02 managers are notified of overdue tickets', () => {
  const overdue = (deskId: string, ticketId = fresh('tkt')) =>
    ticketOverdue.draft({ ticketId, deskId, line: 'urgent', urgent: true, waitingSince: now() });

  test('those of one minute are one e-mail to each manager, and to nobody else', async () => {
    const deskId = fresh('dsk');
    const [boss, deputy, clerk, left] = [freshAddress(), freshAddress(), freshAddress(), freshAddress()];
    await know({ email: boss, roles: ['manager'] });
    await know({ email: deputy, roles: ['executor', 'manager'] });
    await know({ email: clerk, roles: ['executor'] });
    const userId = await know({ email: left, roles: ['manager'] });
    await know({ userId, version: 2, email: left, roles: ['executor'] });
    const tickets = Array.from({ length: 25 }, () => overdue(deskId));
    await Promise.all(tickets.map((each) => publish(rt, each, each)));
    // Whoever lost a race slept a little, and the clock with them.
    await drain(rt, { advanceMs: 2 * MINUTE_MS });
    for (const email of [boss, deputy]) {
      expect(sink.emails(email)).toHaveLength(1);
      expect(sink.emails(email)[0]?.subject).toBe(`Tickets overdue: 25 (${deskId})`);
      expect(sink.emails(email)[0]?.text.match(/tkt_/g)).toHaveLength(20);
    }
    for (const email of [clerk, left]) expect(sink.emails(email)).toEqual([]);
  });

  test('from a wait that ran out on the desk to the e-mail', async () => {
    const email = freshAddress();
    const manager = newUser(rt, 'manager');
    await know({ userId: manager.id, email, roles: ['manager'] });
    await openDesk(rt, manager);
    await newUser(rt, 'client').call('POST /v1/messages', { key: fresh('k'), body: { text: 'Hello?' } });
    await drain(rt, { advanceMs: 10 * MINUTE_MS, allowFailures: true });
    const emails = sink.emails(email).filter(({ subject }) => subject.includes('(main)'));
    expect(emails).toHaveLength(1);
    expect(emails[0]?.subject).toMatch(/^Tickets overdue: \d+ \(main\)$/);
  });
});
