import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../platform/runtime.ts';
import { type Item, type ItemKey, type ItemPage, itemsOf } from '../../platform/storage/items.ts';

export type { Item };
export type Key = ItemKey;

const items = itemsOf('identity');

export const { table: identityTable, find: findItem, put, remove } = items;

/** Items in one consistent read, in the order of their keys; undefined for what is not there. */
export const findItems = async (rt: Runtime, keys: readonly Key[]): Promise<(Item | undefined)[]> => {
  const found = await items.findAll(rt, keys);
  return keys.map(({ pk, sk }) => found.find((item) => item.pk === pk && item.sk === sk));
};

/** `next`: sort key to go on after. */
export type Page<T> = ItemPage<T, string>;

/** One bounded page of a partition, the youngest id first. `after`: sort key of the last item of the page before. */
export const queryPage = async (
  rt: Runtime,
  { pk, limit, after }: { pk: string; limit: number; after?: string | undefined },
): Promise<Page<Item>> => {
  const page = await items.page(rt, {
    pk,
    limit,
    descending: true,
    ...(after !== undefined && { after: { pk, sk: after } }),
  });
  return { items: page.items, ...(page.next && { next: page.next.sk }) };
};

const TRIES = 8;
const BASE_DELAY_MS = 10;

/** A single write that meets a transaction in progress is refused, and is repeated a moment later. */
const besideTransactions = async <T>(rt: Runtime, write: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof TransactionConflictException) || attempt >= TRIES) throw error;
      await rt.clock.sleep(BASE_DELAY_MS * 2 ** attempt * (0.5 + rt.ids.random()));
    }
  }
};

/**
 * One conditional update outside a transaction, for counts that many requests add to at once. The requested attributes
 * (`ReturnValues`), or nothing of them; undefined when its condition failed.
 */
export const updateItem = (
  rt: Runtime,
  input: Omit<UpdateCommandInput, 'TableName' | 'Key'> & { readonly Key: Key },
): Promise<Item | undefined> =>
  besideTransactions(rt, async () => {
    const update = new UpdateCommand({ ...input, TableName: identityTable(rt), Key: { ...input.Key } });
    try {
      const { Attributes } = await rt.dynamo.send(update);
      return (Attributes ?? {}) as Item;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  });

/** Puts a new item outside a transaction. */
export const putItem = async (rt: Runtime, item: Item): Promise<void> => {
  await rt.dynamo.send(new PutCommand({ TableName: identityTable(rt), Item: item }));
};
