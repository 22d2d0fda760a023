import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { PlainRequests } from './plain-requests.ts';

const KEYED = 'attribute_exists(pk)';
const NEW = 'attribute_not_exists(pk)';

/**
 * The same way by hand: the fewest requests that accept a message durably and in order, open its ticket and give it to
 * whoever was assigned longest ago, each step one transaction, with deadlines and lists in the same indexes. None of the
 * product's code is in it: no checks, no presence, no limits, no counts of others, nothing that mends what a crash leaves.
 */
export class ByHand extends PlainRequests {
  #count = 0;
  #rank = 0;

  #id(kind: string): string {
    this.#count += 1;
    return `${kind}_0198f2a4-7c1e-7b4e-9d3a-${String(this.#count).padStart(12, '0')}`;
  }

  #now(): string {
    return new Date(this.rt.clock.nowMs()).toISOString();
  }

  /** Executors who have room for all that comes. */
  async seed(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const executorId = this.#id('usr');
      const place = `0#${String(index).padStart(12, '0')}#${executorId}`;
      const executor = {
        name: 'Bench executor',
        homeDeskId: 'hand',
        presence: 'online',
        epoch: 1,
        version: 1,
      };
      await this.transact(
        {
          Put: {
            Item: {
              pk: executorId,
              sk: 'ITEM',
              ...executor,
              place,
              open: 'x'.repeat(80),
              recent: 'x'.repeat(80),
            },
          },
        },
        { Put: { Item: { pk: 'ROSTER', sk: place, caps: '5/2' } } },
      );
    }
    this.#rank = count;
  }

  async accept(): Promise<void> {
    const clientId = this.#id('usr');
    const messageId = this.#id('msg');
    const { Attributes } = await this.update(clientId, 'ADD lastSeq :one', { ':one': 1 });
    const seq = `INBOX#${String(Attributes?.lastSeq).padStart(12, '0')}`;
    const message = {
      clientId,
      seq,
      state: 'accepted',
      acceptedAt: this.#now(),
      bodyHash: 'x'.repeat(43),
      urgent: false,
    };
    await this.transact(
      {
        Put: { Item: { pk: messageId, sk: 'ITEM', ...message, text: 'It leaks' }, ConditionExpression: NEW },
      },
      { Put: { Item: { pk: `${clientId}#INBOX`, sk: seq, messageId } } },
    );
    await this.send('inbound-messages.fifo', { clientId }, clientId);
  }

  async open(): Promise<void> {
    await this.taken('inbound-messages.fifo', async (messages) => {
      for (const { Body = '{}' } of messages) await this.#openOne(JSON.parse(Body).clientId);
    });
  }

  async #openOne(clientId: string): Promise<void> {
    const [place] = await this.query(`${clientId}#INBOX`, 25);
    if (!place) throw new Error('nothing was accepted');
    const id = this.#id('tkt');
    const at = this.#now();
    const messageId = String(place.messageId);
    await this.transact(
      { Delete: { Key: { pk: place.pk, sk: place.sk }, ConditionExpression: KEYED } },
      {
        Update: {
          Key: { pk: messageId, sk: 'ITEM' },
          UpdateExpression: 'SET ticketId = :id REMOVE #text',
          ExpressionAttributeNames: { '#text': 'text' },
          ExpressionAttributeValues: { ':id': id },
        },
      },
      { Put: { Item: { ...this.#ticket(id, at), clientId }, ConditionExpression: NEW } },
      {
        Put: {
          Item: {
            pk: 'LINE',
            sk: `2o#${at}#${id}`,
            waitingSince: at,
            dueAt: at,
            timer: { ticketId: id },
          },
        },
      },
      { Put: { Item: { pk: id, sk: `MSG#${at}#${messageId}`, authorId: clientId, text: 'It leaks' } } },
      {
        Put: {
          Item: { pk: 'JOURNAL', sk: `${at}#${id}`, ticketId: id, clientId, cause: 'opened', expiresAt: 0 },
        },
      },
    );
    await this.send('tickets-new', { deskId: 'hand' });
  }

  #ticket(id: string, at: string) {
    const lists = { clientList: 'usr#open', deskList: 'hand#open' };
    const state = {
      state: 'waiting',
      urgent: false,
      promoted: false,
      line: 'new',
      orderedAt: at,
      waitingSince: at,
    };
    return { pk: id, sk: 'ITEM', id, ...lists, ...state, createdAt: at, version: 1 };
  }

  /** One wake-up, or up to ten at once; each executor gets up to so many in one transaction, while any are left. */
  async dispatch(share: number): Promise<void> {
    await this.taken('tickets-new', async () => {
      await this.update('LEASE', 'SET holder = :one', { ':one': 'run' });
      for (;;) {
        const line = await this.query('LINE', 100);
        if (line.length === 0) break;
        await this.#assign(line.slice(0, share));
      }
      await this.update('LEASE', 'SET holder = :one', { ':one': 'nobody' });
    });
  }

  async #assign(places: readonly Record<string, unknown>[]): Promise<void> {
    const [first] = await this.query('ROSTER', 3);
    const executorId = String(first?.sk).split('#').at(-1) ?? '';
    const TableName = this.TableName;
    const { Item: executor } = await this.rt.dynamo.send(
      new GetCommand({ TableName, Key: { pk: executorId, sk: 'ITEM' }, ConsistentRead: true }),
    );
    const ids = places.map(({ sk }) => String(sk).split('#').at(-1) ?? '');
    const Keys = ids.map((pk) => ({ pk, sk: 'ITEM' }));
    const { Responses } = await this.rt.dynamo.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    this.#rank += 1;
    const at = this.#now();
    const place = `0#${String(this.#rank).padStart(12, '0')}#${executorId}`;
    const due = { dueShard: 'near#0', dueAt: at, timer: { executorId, ids } };
    await this.transact(
      ...(Responses?.[TableName] ?? []).map((ticket) => ({
        Put: { Item: { ...ticket, state: 'assigned', executorId, version: 2 }, ConditionExpression: KEYED },
      })),
      ...places.map(({ pk, sk }) => ({ Delete: { Key: { pk, sk }, ConditionExpression: KEYED } })),
      { Put: { Item: { ...executor, place, version: 2 }, ConditionExpression: KEYED } },
      { Delete: { Key: { pk: 'ROSTER', sk: first?.sk }, ConditionExpression: KEYED } },
      { Put: { Item: { pk: 'ROSTER', sk: place, caps: '5/2' } } },
      {
        Put: {
          Item: {
            pk: 'DECISION',
            sk: String(this.#rank).padStart(12, '0'),
            executorId,
            ids,
            plan: 'x'.repeat(300),
            ...due,
          },
        },
      },
    );
    await this.send('timers', due);
  }
}
