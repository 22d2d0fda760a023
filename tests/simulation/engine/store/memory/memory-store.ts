import { ResourceInUseException, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import type { Plain, Store } from '../store.ts';
import { NotModelled } from './errors.ts';
import { batchGetItem, getItem, query, scan } from './read.ts';
import { tableSchema } from './schema.ts';
import { Table } from './table.ts';
import { Transactions } from './transact.ts';
import { type SingleWrite, writeItem } from './write.ts';

/**
 * DynamoDB in this process, as far as a document client can tell: what the product uses of it, after AWS's documents and
 * held against the embedded store. Whatever it does not know it refuses with NotModelled.
 */
export const createMemoryStore = (): Store => {
  const tables = new Map<string, Table>();
  const tableOf = (name: string): Table => {
    const table = tables.get(name);
    if (!table)
      throw new ResourceNotFoundException({ message: 'Requested resource not found', $metadata: {} });
    return table;
  };
  const transactions = new Transactions(tableOf);
  const single = (operation: SingleWrite) => (input: Plain) =>
    writeItem(tableOf(input.TableName), operation, input);
  const operations: Readonly<Record<string, (input: Plain) => Plain>> = {
    GetItem: (input) => getItem(tableOf(input.TableName), input),
    BatchGetItem: (input) => batchGetItem(tableOf, input),
    Query: (input) => query(tableOf(input.TableName), input),
    Scan: (input) => scan(tableOf(input.TableName), input),
    PutItem: single('PutItem'),
    UpdateItem: single('UpdateItem'),
    DeleteItem: single('DeleteItem'),
    TransactWriteItems: (input) => transactions.write(input),
  };
  return {
    send: async (operation, input) => {
      const run = operations[operation];
      if (!run) throw new NotModelled(operation);
      return run(input);
    },
    createTable: async (input) => {
      const schema = tableSchema(input);
      if (tables.has(schema.name))
        throw new ResourceInUseException({ message: `Table already exists: ${schema.name}`, $metadata: {} });
      tables.set(schema.name, new Table(schema));
    },
    deleteTable: async (tableName) => {
      tableOf(tableName);
      tables.delete(tableName);
    },
    close: async () => {},
  };
};
