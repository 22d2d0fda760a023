import { createMemoryStore } from '../engine/store/memory/memory-store.ts';
import type { Plain, Store } from '../engine/store/store.ts';
import { tableInput } from './commands.ts';

// What AWS documents and the embedded store does otherwise, or not at all.

const TableName = 'table';
const Key = { pk: 'p', sk: 's' };

let store: Store;

beforeEach(async () => {
  store = createMemoryStore();
  await store.createTable(tableInput(TableName));
});

const put = (attributes: Plain) => store.send('PutItem', { TableName, Item: { ...Key, ...attributes } });

/** The item after an update. */
const updated = async (UpdateExpression: string, values?: Plain): Promise<Plain> => {
  const more = values && { ExpressionAttributeValues: values };
  const input = { TableName, Key, UpdateExpression, ReturnValues: 'ALL_NEW', ...more };
  const { pk, sk, ...attributes } = (await store.send('UpdateItem', input)).Attributes;
  return attributes;
};

describe('an update', () => {
  test('counts places of a list as they were before it', async () => {
    await put({ l: ['a', 'b', 'c', 'd'] });
    expect(await updated('REMOVE l[0], l[2]')).toEqual({ l: ['b', 'd'] });
  });

  test('may touch nothing twice, in whichever clauses', async () => {
    await put({ ss: new Set(['a']), m: { x: 1 } });
    const both = { ':a': new Set(['a']), ':b': new Set(['b']) };
    await expect(updated('ADD ss :b DELETE ss :a', both)).rejects.toThrow(/overlap/);
    await expect(updated('SET m.x = :a REMOVE m', { ':a': 1 })).rejects.toThrow(/overlap/);
  });

  test('removes nothing below what is not there', async () => {
    await put({ n: 1 });
    await expect(updated('REMOVE m.x')).rejects.toThrow(/document path/);
    await expect(updated('REMOVE n.x')).rejects.toThrow(/document path/);
  });

  test('changes no key in a transaction either', async () => {
    const Update = { TableName, Key, UpdateExpression: 'SET pk = sk' };
    const refused = store.send('TransactWriteItems', { TransactItems: [{ Update }] });
    await expect(refused).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('adds in decimals, which come back as the nearest double', async () => {
    await put({ ms: 1772217607444, third: 0.1 });
    const values = { ':step': 333.3333333333333, ':two': 0.2 };
    const item = await updated('SET ms = ms + :step, third = third + :two', values);
    expect(item).toEqual({ ms: 1772217607777.3333, third: 0.3 });
    const query = {
      TableName,
      KeyConditionExpression: 'pk = :p',
      FilterExpression: 'ms > :nearest',
      ExpressionAttributeValues: { ':p': 'p', ':nearest': 1772217607777.3333 },
    };
    expect(await store.send('Query', query)).toMatchObject({ Count: 1 });
  });
});

test('functions are written in small letters', async () => {
  const ConditionExpression = 'Attribute_Exists(pk)';
  const refused = store.send('DeleteItem', { TableName, Key, ConditionExpression });
  await expect(refused).rejects.toMatchObject({ name: 'ValidationException' });
});

test('an item is read whole however little of it is asked for', async () => {
  await put({ n: 1, pad: 'x'.repeat(20_000) });
  const ReturnConsumedCapacity = 'TOTAL';
  const input = { TableName, Key, ProjectionExpression: 'n', ConsistentRead: true, ReturnConsumedCapacity };
  expect(await store.send('GetItem', input)).toMatchObject({
    Item: { n: 1 },
    ConsumedCapacity: { CapacityUnits: 5 },
  });
});

test('a batch leaves what goes beyond 16 MB for another request', async () => {
  const keys = Array.from({ length: 45 }, (_, index) => ({ pk: 'p', sk: `s${index}` }));
  for (const key of keys) await put({ ...key, pad: 'x'.repeat(380_000) });
  const { Responses, UnprocessedKeys } = await store.send('BatchGetItem', {
    RequestItems: { [TableName]: { Keys: keys } },
  });
  expect(Responses[TableName]).toHaveLength(44);
  expect(UnprocessedKeys[TableName].Keys).toEqual([{ pk: 'p', sk: 's44' }]);
});

test("an answer is its reader's own", async () => {
  const m = { x: 1 };
  await put({ m });
  m.x = 2;
  const { Item } = await store.send('GetItem', { TableName, Key });
  Item.m.x = 3;
  expect((await store.send('GetItem', { TableName, Key })).Item).toEqual({ ...Key, m: { x: 1 } });
});

describe('what the model does not know it refuses', () => {
  test.each<[string, string, Plain]>([
    ['an operation', 'BatchWriteItem', {}],
    ['a part of a request', 'GetItem', { TableName, Key, AttributesToGet: ['n'] }],
    [
      'a part of an action',
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName, Item: Key, Expected: {} } }] },
    ],
    ['a kind of value', 'PutItem', { TableName, Item: { ...Key, at: new Date(0) } }],
    [
      'a large integer',
      'UpdateItem',
      {
        TableName,
        Key,
        UpdateExpression: 'ADD n :n',
        ReturnValues: 'ALL_NEW',
        ExpressionAttributeValues: { ':n': 2 },
      },
    ],
    [
      'a place far beyond the end of a list',
      'UpdateItem',
      { TableName, Key, UpdateExpression: 'SET l[9] = pk' },
    ],
  ])('%s', async (_, operation, input) => {
    await put({ l: [], n: Number.MAX_SAFE_INTEGER });
    await expect(store.send(operation, input)).rejects.toMatchObject({ name: 'NotModelled' });
  });
});
