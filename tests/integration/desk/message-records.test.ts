import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { deskTable, findItem } from '../../../lib/desk/core/table.ts';
import { inboxEntries, listInboxEntries } from '../../../lib/desk/intake/message-repository.ts';
import { readMessage } from '../../../lib/desk/tickets/read-message.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client, deliver, inboxSize, wakeUp } from '../../support/clients.ts';
import { beforeNth } from '../../support/meanwhile.ts';

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

const post = async (text: string, more = {}) =>
  (await client.post({ text, ...more })).body.messageId as string;
const tickets = async () => (await client.call('GET /v1/tickets?limit=100')).body.items;
const threadOf = async (ticketId: string): Promise<string[]> => {
  const { body } = await client.call(`GET /v1/tickets/${ticketId}/messages?limit=100`);
  return body.items.map(({ text }: { text: string }) => text);
};

/** It is placed after its record was read and before it is looked for elsewhere. */
const readWhilePlaced = async (messageId: string) => {
  const reader = await testRuntime(aws);
  const place = () => deliver(rt, wakeUp(rt, client.id));
  beforeNth(reader, { command: 'BatchGetItemCommand', nth: 1 }, place);
  return readMessage(reader, { messageId, clientId: client.id });
};

describe('a message that opens a ticket', () => {
  const record = (messageId: string) => findItem(rt, { pk: `MESSAGE#${messageId}`, sk: 'MESSAGE' });

  it('R-DESK-02 is not written again, and says of its ticket all the same', async () => {
    const messageId = await post('It leaks');
    const before = await record(messageId);
    expect(await client.message(messageId)).toMatchObject({ state: 'accepted', text: 'It leaks' });
    await deliver(rt, wakeUp(rt, client.id));

    expect(await record(messageId)).toEqual(before);
    expect(JSON.stringify(before)).not.toContain('leaks');
    const read = await client.message(messageId);
    expect(read).toMatchObject({ state: 'processed', text: 'It leaks' });
    expect(await threadOf(read.ticketId)).toEqual(['It leaks']);
  });

  it('R-DESK-02 says of its ticket also when it is placed while somebody reads it', async () => {
    const messageId = await post('It leaks');
    const read = await readWhilePlaced(messageId);
    expect(read).toMatchObject({ state: 'processed', text: 'It leaks' });
  });

  it('R-DESK-02 read just before it joins a ticket is read once more and says of that one', async () => {
    const { ticketId } = await client.write('It leaks');
    const messageId = await post('Still', { ticketId });
    const read = await readWhilePlaced(messageId);
    expect(read).toMatchObject({ state: 'processed', text: 'Still', ticketId });
  });

  it('R-DESK-02 accepted before content waited in the inbox is placed, and its record cleared', async () => {
    const messageId = await post('It leaks');
    const [place] = await listInboxEntries(rt, client.id, 1);
    if (!place) throw new Error('nothing waits');
    const TableName = deskTable(rt);
    await rt.dynamo.send(
      new UpdateCommand({
        TableName,
        Key: { ...inboxEntries.key(place) },
        UpdateExpression: 'REMOVE waiting',
      }),
    );
    await rt.dynamo.send(
      new UpdateCommand({
        TableName,
        Key: { pk: `MESSAGE#${messageId}`, sk: 'MESSAGE' },
        UpdateExpression: 'SET #text = :text',
        ExpressionAttributeNames: { '#text': 'text' },
        ExpressionAttributeValues: { ':text': 'It leaks' },
      }),
    );
    expect(await client.message(messageId)).toMatchObject({ state: 'accepted', text: 'It leaks' });
    await deliver(rt, wakeUp(rt, client.id));

    expect(await record(messageId)).toMatchObject({ state: 'processed', ticketId: expect.any(String) });
    expect(JSON.stringify(await record(messageId))).not.toContain('leaks');
    expect(await client.message(messageId)).toMatchObject({ state: 'processed', text: 'It leaks' });
  });

  it('R-DESK-02 delivered twice at once opens one ticket', async () => {
    await post('It leaks');
    const wake = wakeUp(rt, client.id);
    await Promise.all([deliver(rt, wake), deliver(rt, wake), deliver(rt, wake)]);
    expect(await tickets()).toHaveLength(1);
    expect(await inboxSize(rt, client.id)).toBe(0);
  });
});
