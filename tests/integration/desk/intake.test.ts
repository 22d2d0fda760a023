import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { deskTable } from '../../../lib/desk/core/table.ts';
import { takeTurn } from '../../../lib/desk/intake/client-repository.ts';
import { messageIdOf } from '../../../lib/desk/intake/message.ts';
import { inboxEntries, listInboxEntries } from '../../../lib/desk/intake/message-repository.ts';
import { messageAccepted } from '../../../lib/desk/internal-events.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { queueUrl } from '../../../lib/platform/config.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { ManualClock } from '../../support/aws/manual-clock.ts';
import { aClient, type Client, deliver, inboxSize, wakeUp } from '../../support/clients.ts';
import { first, injectFaults, noAnswer } from '../../support/faults.ts';
import { beforeNextCommit } from '../../support/meanwhile.ts';
import { listenToEvents, newUser, ofType, userOn } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let client: Client;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  client = aClient(rt);
});

/** The texts of a ticket, in the order of its thread. */
const threadOf = async (ticketId: string): Promise<string[]> => {
  const { body } = await client.call(`GET /v1/tickets/${ticketId}/messages?limit=100`);
  return body.items.map(({ text }: { text: string }) => text);
};
const ticketCount = async () => (await client.call('GET /v1/tickets?limit=100')).body.items.length;
const post = async (text: string, more = {}) =>
  (await client.post({ text, ...more })).body.messageId as string;

describe('accepting', () => {
  it('R-DESK-02 answers 202 with the id, and the message can be read before anything happens to it', async () => {
    const { status, body } = await client.post({ text: 'It leaks' }, 'k1');
    expect(status).toBe(202);
    expect(body).toEqual({
      messageId: messageIdOf(client.id, 'k1'),
      state: 'accepted',
      acceptedAt: expect.any(String),
    });
    expect(await client.message(body.messageId)).toEqual({ ...body, text: 'It leaks', attachments: [] });
  });

  it('R-DESK-02 gives the same answer to the same key, also after the message was processed, a year later', async () => {
    const before = await client.post({ text: 'It leaks', urgent: false }, 'k1');
    await deliver(rt, wakeUp(rt, client.id));
    rt.clock.move(365 * 24 * 3600 * 1000);
    const after = await client.post({ urgent: false, text: 'It leaks' }, 'k1');
    expect(after).toMatchObject({ status: 202, body: before.body });
    await deliver(rt, wakeUp(rt, client.id));
    expect(await ticketCount()).toBe(1);
  });

  it('R-DESK-02 makes one message of ten requests at once with one key', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => client.post({ text: 'It leaks' }, 'k1')),
    );
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toHaveProperty(
      'size',
      1,
    );
    expect(answers[0]?.status).toBe(202);
    expect(await inboxSize(rt, client.id)).toBe(1);
  });

  it('R-DESK-02 refuses a key that came with another body, and keeps the first', async () => {
    const { body } = await client.post({ text: 'It leaks' }, 'k1');
    const other = await client.post({ text: 'It burns' }, 'k1');
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect((await client.message(body.messageId)).text).toBe('It leaks');
    expect(await inboxSize(rt, client.id)).toBe(1);
  });

  it("R-DESK-02 tells two clients' equal keys apart", async () => {
    const other = aClient(rt);
    const [mine, theirs] = [await client.post({ text: 'a' }, 'k1'), await other.post({ text: 'b' }, 'k1')];
    expect(mine.body.messageId).not.toBe(theirs.body.messageId);
    expect((await client.call(`GET /v1/messages/${theirs.body.messageId}`)).body.code).toBe(
      'message-not-found',
    );
  });

  it('R-DESK-02 succeeds when the answer to its own commit is lost', async () => {
    injectFaults(rt.dynamo, first('TransactWriteItemsCommand', 1, { kind: 'after', error: noAnswer() }));
    expect((await client.post({ text: 'It leaks' }, 'k1')).status).toBe(202);
    expect(await inboxSize(rt, client.id)).toBe(1);
  });

  it('R-DESK-02 gives parallel messages distinct places and rising instants', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => client.post({ text: `m${i}` })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(new Set(answers.map(({ body }) => body.acceptedAt)).size).toBe(12);
    expect(await inboxSize(rt, client.id)).toBe(12);
  });
});

it('R-DESK-02 gives no turn twice, not even one that has been worked off meanwhile', async () => {
  const other = await testRuntime(aws);
  const elsewhere = userOn(other, client, 'client');
  beforeNextCommit(rt, async () => {
    const body = { text: 'first' };
    await elsewhere.call('POST /v1/messages', { key: 'elsewhere', body });
    await deliver(other, wakeUp(rt, client.id));
  });
  const second = await client.post({ text: 'second' });
  const first = await client.message(messageIdOf(client.id, 'elsewhere'));
  expect(first.state).toBe('processed');
  expect(second.body.acceptedAt).not.toBe(first.acceptedAt);
  await deliver(rt, wakeUp(rt, client.id));
  expect(await client.message(second.body.messageId)).toMatchObject({ state: 'processed' });
  expect(await ticketCount()).toBe(2);
});

it('R-DESK-02 gives turns that rise whichever machine takes them, the clock of one standing still or far behind', async () => {
  const behind = await testRuntime(aws, { clock: new ManualClock(rt.clock.nowMs() - 60_000) });
  const turns = [];
  for (const one of [rt, rt, behind, rt, behind]) turns.push(await takeTurn(one, client.id));
  rt.clock.move(1000);
  turns.push(await takeTurn(rt, client.id));
  expect(turns.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  const instants = turns.map(({ acceptedAt }) => acceptedAt);
  expect(instants).toEqual([...new Set(instants)].toSorted());
  expect(instants.at(-1)).toBe(instant(rt.clock.nowMs()));
});

describe('processing', () => {
  it('R-DESK-02 keeps the order of acceptance when the wake-ups come in another', async () => {
    const opening = await client.write('0');
    const ids = [];
    for (const text of ['1', '2', '3', '4', '5']) ids.push(await post(text, { ticketId: opening.ticketId }));
    const events = listenToEvents(rt);
    await deliver(rt, wakeUp(rt, client.id, 5), wakeUp(rt, client.id, 2), wakeUp(rt, client.id, 6));
    expect(await threadOf(opening.ticketId)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(ofType(events, messageAccepted)).toEqual([]);
    for (const id of ids) expect(await client.message(id)).toMatchObject({ state: 'processed' });
  });

  it('R-DESK-02 opens tickets in the order of acceptance', async () => {
    const ids = [await post('a'), await post('b'), await post('c')];
    await deliver(rt, wakeUp(rt, client.id, 3));
    const tickets = [];
    for (const id of ids) tickets.push((await client.message(id)).ticketId);
    expect(tickets).toEqual(tickets.toSorted());
    expect(new Set(tickets).size).toBe(3);
  });

  it('R-DESK-02 does a message once, however often and at once it is woken', async () => {
    const id = await post('once');
    const failures = await Promise.all([1, 2, 3, 4].map(() => deliver(rt, wakeUp(rt, client.id))));
    failures.push(await deliver(rt, wakeUp(rt, client.id), wakeUp(rt, client.id)));
    expect(failures.flat()).toEqual([]);
    expect(await ticketCount()).toBe(1);
    expect(await threadOf((await client.message(id)).ticketId)).toEqual(['once']);
  });

  it('R-DESK-02 goes on where it was interrupted', async () => {
    for (const text of ['a', 'b', 'c']) await post(text);
    let commits = 0;
    let storeUp = false;
    injectFaults(rt.dynamo, (command) => {
      commits += command === 'TransactWriteItemsCommand' ? 1 : 0;
      const down = command === 'TransactWriteItemsCommand' && commits >= 2 && !storeUp;
      return down ? { kind: 'instead', error: noAnswer() } : { kind: 'none' };
    });
    const wake = wakeUp(rt, client.id);
    expect(await deliver(rt, wake)).toEqual([wake.messageId]);
    expect(await inboxSize(rt, client.id)).toBe(2);
    storeUp = true;
    expect(await deliver(rt, wake)).toEqual([]);
    expect(await ticketCount()).toBe(3);
  });

  it('R-DESK-02 works off more messages than it reads at a time', async () => {
    for (let i = 0; i < 27; i += 1) await post(`m${i}`);
    await deliver(rt, wakeUp(rt, client.id));
    expect(await inboxSize(rt, client.id)).toBe(0);
    expect(await ticketCount()).toBe(27);
  });
});

/** Breaks the stored message, as only a fault of ours could. */
const poison = async (messageId: string) => {
  const place = (await listInboxEntries(rt, client.id, 100)).find((each) => each.messageId === messageId);
  if (!place) throw new Error(`${messageId} waits nowhere`);
  await rt.dynamo.send(
    new UpdateCommand({
      TableName: deskTable(rt),
      Key: { ...inboxEntries.key(place) },
      UpdateExpression: 'REMOVE waiting.#text',
      ExpressionAttributeNames: { '#text': 'text' },
    }),
  );
};

const rejectedNow = async (): Promise<string> => {
  const receive = { QueueUrl: queueUrl(rt.env, 'rejected'), MaxNumberOfMessages: 10 };
  const { Messages } = await rt.sqs.send(new ReceiveMessageCommand(receive));
  return JSON.stringify(Messages);
};

describe('a poison message', () => {
  it('R-DESK-02 marks its place rejected and lets those behind it pass', async () => {
    const [good, bad, behind] = [await post('good'), await post('bad'), await post('behind')];
    await poison(bad);
    expect(await deliver(rt, wakeUp(rt, client.id))).toEqual([]);
    expect(await client.message(good)).toMatchObject({ state: 'processed' });
    expect(await client.message(bad)).toMatchObject({ state: 'rejected', reason: 'message-broken' });
    expect(await client.message(behind)).toMatchObject({ state: 'processed' });
    expect(await inboxSize(rt, client.id)).toBe(0);
  });

  it('R-DESK-02 is told to people', async () => {
    const bad = await post('bad');
    await poison(bad);
    await deliver(rt, wakeUp(rt, client.id));
    expect(await rejectedNow()).toContain(bad);
  });

  it('R-DESK-02 is refused to nobody else', async () => {
    await poison(await post('bad'));
    const other = aClient(rt);
    expect(await other.write('good')).toMatchObject({ state: 'processed' });
  });
});

it('R-DESK-02 a body that is no wake-up goes to the rejected queue', async () => {
  const wake = { ...wakeUp(rt, client.id), body: JSON.stringify({ type: messageAccepted.name }) };
  expect(await deliver(rt, wake)).toEqual([]);
});

describe('bad input', () => {
  it.each([
    ['no text', {}],
    ['an empty text', { text: '' }],
    ['blanks', { text: '   ' }],
    ['nothing visible', { text: '\u200B\u3164\u2800\u200D' }],
    ['a text that is a number', { text: 5 }],
    ['4001 characters', { text: 'x'.repeat(4001) }],
    ['an unknown field', { text: 'a', colour: 'red' }],
    ['urgent that is a text', { text: 'a', urgent: 'yes' }],
    [
      'six attachments',
      {
        text: 'a',
        attachments: Array.from({ length: 6 }, (_, i) => `upl_019b8d2b-8c00-7000-8005-00000000000${i}`),
      },
    ],
    ['an attachment that is no id', { text: 'a', attachments: ['../x'] }],
  ])('R-DESK-02 %s is 400', async (_, body) => {
    expect(await client.post(body)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await inboxSize(rt, client.id)).toBe(0);
  });

  it('R-DESK-02 a missing key is 400, and only clients write', async () => {
    const body = { text: 'a' };
    expect((await client.call('POST /v1/messages', { body })).body.code).toBe('idempotency-key-required');
    const executor = newUser(rt, 'executor', 'manager');
    expect((await executor.call('POST /v1/messages', { body, key: 'k' })).status).toBe(403);
  });
});
